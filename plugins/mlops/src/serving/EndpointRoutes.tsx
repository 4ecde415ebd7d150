import { Route, Routes } from 'react-router-dom';
import { MonitoringPage } from '../monitoring/MonitoringPage';
import { EndpointPage } from './EndpointPage';
import { EndpointsPage } from './EndpointsPage';

export function EndpointRoutes() {
  return (
    <Routes>
      <Route path="/" element={<EndpointsPage />} />
      <Route path="/:name" element={<EndpointPage />} />
      <Route path="/:name/monitoring" element={<MonitoringPage />} />
    </Routes>
  );
}
