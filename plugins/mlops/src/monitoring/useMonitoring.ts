import { CellSize, MonitoringView } from '@mlops-portal/plugin-mlops-common';
import { HubValue, useHub, useQueryState } from '../hooks';

const REFRESH_MS = 30_000;

export interface Monitoring {
  hub: HubValue<MonitoringView>;
  setVersion: (version: string) => void;
  setCell: (cell: string) => void;
}

/** Monitoring of one version by day or week; both are in the URL, the hub chooses where they are left out. */
export function useMonitoring(name: string): Monitoring {
  const [version, setVersion] = useQueryState('version');
  const [cell, setCell] = useQueryState('cell');
  const hub = useHub(
    (client, signal) =>
      client.getMonitoring(
        {
          endpoint: name,
          version: Number(version) || undefined,
          cell:
            cell === 'day' || cell === 'week' ? (cell as CellSize) : undefined,
        },
        { signal },
      ),
    ['monitoring', name, version, cell],
    { refreshMs: REFRESH_MS },
  );
  return { hub, setVersion, setCell };
}
