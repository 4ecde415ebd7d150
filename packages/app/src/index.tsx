import '@backstage/cli/asset-types';
import ReactDOM from 'react-dom/client';
import App from './App';
import '@backstage/ui/css/styles.css';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/vazirmatn/index.css';
import './theme/theme.css';
import './theme/controls.css';

ReactDOM.createRoot(document.getElementById('root')!).render(App.createRoot());
