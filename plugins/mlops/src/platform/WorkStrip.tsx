import { Link } from 'react-router-dom';
import { Figure, FigureStrip } from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { paths } from '../routes';

/** States in which an endpoint is as it is wanted. */
const AS_WANTED = ['answering', 'canary', 'shadow', 'retired'];
const REFRESH_MS = 15_000;

/** Lengths of the queues, and endpoints whose observed state is not the wanted one. */
export function WorkStrip() {
  const { t } = useText();
  const format = useFormat();
  const hub = useHub(
    async (client, signal) => {
      const [waiting, running, approvals, endpoints] = await Promise.all([
        client.listAllRuns({ state: 'waiting', limit: 1 }, { signal }),
        client.listAllRuns({ state: 'running', limit: 1 }, { signal }),
        client.listApprovals({ state: 'waiting', limit: 1 }, { signal }),
        client.listEndpoints({ limit: 200 }, { signal }),
      ]);
      return {
        waiting: waiting.total,
        running: running.total,
        approvals: approvals.total,
        endpoints: endpoints.total,
        off: endpoints.items.filter(e => !AS_WANTED.includes(e.state)),
      };
    },
    ['platform-work'],
    { refreshMs: REFRESH_MS },
  );
  const work = hub.value;
  if (!work) return null;
  return (
    <FigureStrip label={t('platform.work')}>
      <Figure
        label={t('platform.runsWaiting')}
        value={format.count(work.waiting)}
      />
      <Figure
        label={t('platform.runsRunning')}
        value={format.count(work.running)}
      />
      <Figure
        label={t('platform.approvalsWaiting')}
        value={
          <Link className="ml-link" to={`${paths.approvals()}?state=waiting`}>
            {format.count(work.approvals)}
          </Link>
        }
      />
      <Figure
        label={t('platform.endpointsOff')}
        value={format.count(work.off.length)}
        note={
          work.off.length
            ? work.off.map(e => e.name).join(', ')
            : t('platform.endpointsOffNote', {
                total: format.count(work.endpoints),
              })
        }
      />
    </FigureStrip>
  );
}
