import { Route, Routes } from 'react-router-dom';
import { ProblemPage } from './ProblemPage';
import { ProblemsPage } from './ProblemsPage';

export function ProblemRoutes() {
  return (
    <Routes>
      <Route path="/" element={<ProblemsPage />} />
      <Route path="/:name" element={<ProblemPage />} />
    </Routes>
  );
}
