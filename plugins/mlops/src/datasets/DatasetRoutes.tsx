import { Route, Routes } from 'react-router-dom';
import { DatasetPage } from './DatasetPage';
import { DatasetsPage } from './DatasetsPage';
import { FeatureViewPage } from './FeatureViewPage';
import { FeatureViewsPage } from './FeatureViewsPage';

export function DatasetRoutes() {
  return (
    <Routes>
      <Route path="/" element={<DatasetsPage />} />
      <Route path="/:name" element={<DatasetPage />} />
    </Routes>
  );
}

export function FeatureViewRoutes() {
  return (
    <Routes>
      <Route path="/" element={<FeatureViewsPage />} />
      <Route path="/:name" element={<FeatureViewPage />} />
    </Routes>
  );
}
