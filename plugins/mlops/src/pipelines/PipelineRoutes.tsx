import { Route, Routes } from 'react-router-dom';
import { CompareRunsPage } from './compare/CompareRunsPage';
import { PipelinePage } from './PipelinePage';
import { PipelinesPage } from './PipelinesPage';
import { RunPage } from './RunPage';

export function PipelineRoutes() {
  return (
    <Routes>
      <Route path="/" element={<PipelinesPage />} />
      <Route path="/:name" element={<PipelinePage />} />
      <Route path="/:name/compare" element={<CompareRunsPage />} />
    </Routes>
  );
}

export function RunRoutes() {
  return (
    <Routes>
      <Route path="/:id" element={<RunPage />} />
    </Routes>
  );
}
