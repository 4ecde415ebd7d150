import { Route, Routes } from 'react-router-dom';
import { ApprovalPage } from './ApprovalPage';
import { ApprovalsPage } from './ApprovalsPage';

export function ApprovalRoutes() {
  return (
    <Routes>
      <Route path="/" element={<ApprovalsPage />} />
      <Route path="/:id" element={<ApprovalPage />} />
    </Routes>
  );
}
