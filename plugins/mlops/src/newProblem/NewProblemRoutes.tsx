import { Route, Routes } from 'react-router-dom';
import { NewProblemPage } from './NewProblemPage';
import { ProgressPage } from './progress/ProgressPage';

/** The form, and the progress of each creation at an address of its own. */
export function NewProblemRoutes() {
  return (
    <Routes>
      <Route path="/" element={<NewProblemPage />} />
      <Route path="/:taskId" element={<ProgressPage />} />
    </Routes>
  );
}
