import { Link } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import { EndpointDetail } from '@mlops-portal/plugin-mlops-common';
import { Age, Card, Facts, SplitBar, State } from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { partsOf } from '../serving/parts';
import '../serving/serving.css';
import { EntityLink } from './EntityLink';

/** Whether an endpoint answers, with which version, and where: on its own entity and on those that call it. */
export function AnsweringCard(props: {
  title: string;
  endpoint: EndpointDetail;
  /** Reference of its entity, where the card stands on another one's page. */
  of?: string;
}) {
  const { t, riskName } = useText();
  const format = useFormat();
  const { endpoint } = props;
  const parts = partsOf(endpoint);
  const sum = (of: 'requests' | 'errors') =>
    format.count(endpoint.revisions.reduce((total, r) => total + r[of], 0));
  return (
    <Card
      title={props.title}
      sub={<State state={endpoint.state} pill />}
      acts={
        <ButtonLink
          href={paths.endpoint(endpoint.name)}
          size="small"
          variant="secondary"
        >
          {t('catalog.openEndpoint')}
        </ButtonLink>
      }
      flush
    >
      <div className="ml-traffic">
        {endpoint.reason && <p className="ml-2">{endpoint.reason}</p>}
        {parts.length > 0 && <SplitBar parts={parts} tall />}
        <Facts
          items={[
            props.of
              ? [t('noun.endpoint'), <EntityLink of={props.of} />]
              : undefined,
            [t('catalog.url'), <code dir="ltr">{endpoint.url}</code>],
            [
              t('catalog.answersWith'),
              parts.length
                ? parts.map((part, i) => (
                    <span key={part.label}>
                      {i > 0 && ', '}
                      <Link
                        className="ml-link"
                        to={paths.version(endpoint.model, Number(part.version))}
                      >
                        {part.label}
                      </Link>{' '}
                      {format.percent(part.percent / 100, 1)}
                    </span>
                  ))
                : t('traffic.none'),
            ],
            [t('endpoints.requests'), sum('requests')],
            [t('endpoints.errors'), sum('errors')],
            [t('endpoint.risk'), riskName(endpoint.riskClass)],
            endpoint.observedAt
              ? [t('endpoints.observed'), <Age at={endpoint.observedAt} />]
              : undefined,
          ]}
        />
      </div>
    </Card>
  );
}
