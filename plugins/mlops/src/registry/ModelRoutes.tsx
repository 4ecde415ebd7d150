import { Route, Routes } from 'react-router-dom';
import { ComparePage } from './ComparePage';
import { ModelPage } from './ModelPage';
import { ModelsPage } from './ModelsPage';
import { VersionPage } from './VersionPage';

export function ModelRoutes() {
  return (
    <Routes>
      <Route path="/" element={<ModelsPage />} />
      <Route path="/:name" element={<ModelPage />} />
      <Route path="/:name/compare" element={<ComparePage />} />
      <Route path="/:name/versions/:version" element={<VersionPage />} />
    </Routes>
  );
}
