import { ButtonLink } from '@backstage/ui';
import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import { Card, EmptyState, StateShape } from '../components';
import { useText } from '../hooks';

const SHAPE_OF_KIND: Record<string, string> = {
  alert: 'drift',
  drift: 'drift',
  quality: 'below-target',
  approval: 'waiting',
  'failed-run': 'failed',
  'not-answering': 'not-answering',
  degraded: 'degraded',
  'rolled-back': 'rolled-back',
  engine: 'unknown',
};

/** What a person should look at, worst first as the hub orders it; each with the way to act. */
export function Attention(props: { items: ProblemDetail['attention'] }) {
  const { t, say } = useText();
  const { items } = props;
  return (
    <Card
      title={t('problem.attention')}
      acts={
        items.length > 0 && <span className="ml-count">{items.length}</span>
      }
      flush
    >
      {items.length === 0 ? (
        <EmptyState title={t('problem.nothing')}>
          {t('problem.nothingText')}
        </EmptyState>
      ) : (
        <ul className="ml-list">
          {items.map((item, i) => (
            <li key={i}>
              <StateShape
                state={SHAPE_OF_KIND[item.kind] ?? 'unknown'}
                size={16}
              />
              <div className="body">
                <h3>
                  {say(
                    `attentionTitle.${item.kind}`,
                    { title: item.title },
                    item.title,
                  )}
                </h3>
                <p>
                  {say(
                    `attentionDetail.${item.kind}`,
                    { detail: item.detail },
                    item.detail,
                  )}
                </p>
              </div>
              <ButtonLink href={item.link} size="small" variant="secondary">
                {say(`attention.${item.kind}`, {}, t('attention.open'))}
              </ButtonLink>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
