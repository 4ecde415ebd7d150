import { Button, Select } from '@backstage/ui';
import { EndpointDetail } from '@mlops-portal/plugin-mlops-common';
import { Card } from '../components';
import { useQueryState, useText } from '../hooks';
import { LogView } from '../pipelines/LogView';

/** Log of one revision; which one is in the URL (?log=<revision>). */
export function RevisionLog(props: { endpoint: EndpointDetail }) {
  const { t } = useText();
  const { name, revisions } = props.endpoint;
  const [chosen, setChosen] = useQueryState('log');
  const revision = revisions.find(r => r.id === chosen);
  if (!revisions.length) return null;
  return (
    <Card
      title={t('log.title')}
      flush={!revision}
      acts={
        revision ? (
          <Button size="small" variant="tertiary" onPress={() => setChosen('')}>
            {t('log.close')}
          </Button>
        ) : (
          <Button
            size="small"
            variant="tertiary"
            onPress={() => setChosen(revisions[0].id)}
          >
            {t('log.open')}
          </Button>
        )
      }
    >
      {revision && (
        <div className="ml-col">
          <Select
            aria-label={t('log.revision')}
            size="small"
            options={revisions.map(r => ({
              id: r.id,
              label: t('log.option', { number: r.number, version: r.version }),
            }))}
            value={revision.id}
            onChange={id => setChosen(String(id))}
          />
          <LogView
            name={`${name}-${revision.number}`}
            title={t('log.of', { number: revision.number })}
            load={(client, offset, signal) =>
              client.getRevisionLog(
                { name, revision: revision.id, offset },
                { signal },
              )
            }
          />
        </div>
      )}
    </Card>
  );
}
