import { Route, Routes } from 'react-router-dom';
import { AlertPage } from './AlertPage';
import { AlertsPage } from './AlertsPage';

export function AlertRoutes() {
  return (
    <Routes>
      <Route path="/" element={<AlertsPage />} />
      <Route path="/:id" element={<AlertPage />} />
    </Routes>
  );
}
