import './tokens.css';
import './base.css';
import './page.css';
import './parts.css';
import './tables.css';
import './lists.css';
import './runs.css';
import './api.css';
import './plots.css';
import './loop.css';
import './registry.css';

/** Class of the outermost element of everything the plugin renders; importing it brings the styles. */
export const ML_ROOT = 'ml';
