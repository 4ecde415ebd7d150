import { Route, Routes } from 'react-router-dom';
import { PipelinePage } from './PipelinePage';
import { PipelinesPage } from './PipelinesPage';
import { RunPage } from './RunPage';

export function PipelineRoutes() {
  return (
    <Routes>
      <Route path="/" element={<PipelinesPage />} />
      <Route path="/:name" element={<PipelinePage />} />
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
