import { useParams } from 'react-router-dom';
import { useEntity } from '@backstage/plugin-catalog-react';
import { loopNameOf } from '../catalog/names';
import { State, TabBody } from '../components';
import { useFormat, useText } from '../hooks';
import { EndpointFrame } from '../serving/EndpointPage';
import { useEndpoint } from '../serving/useEndpoint';
import { MonitoringContent } from './MonitoringContent';
import { useMonitoring } from './useMonitoring';

/** /ml/endpoints/:name/monitoring: is it still right? */
export function MonitoringPage() {
  const { name = '' } = useParams();
  const { t } = useText();
  const format = useFormat();
  const endpoint = useEndpoint(name);
  const monitoring = useMonitoring(name);
  const view = monitoring.hub.value;
  return (
    <EndpointFrame
      name={name}
      hub={endpoint}
      state={view && <State state={view.health} pill />}
      meta={
        view?.clock.kind === 'event' && (
          <span>
            {t('monitoring.clock', { time: format.eventDate(view.clock.now) })}
          </span>
        )
      }
    >
      <MonitoringContent
        name={name}
        monitoring={monitoring}
        endpoint={endpoint.value}
      />
    </EndpointFrame>
  );
}

/** Monitoring as a tab of the entity page of an endpoint, a model or a problem: all three carry one name. */
export function EntityMonitoring() {
  const { entity } = useEntity();
  const name = loopNameOf(entity);
  const endpoint = useEndpoint(name);
  const monitoring = useMonitoring(name);
  return (
    <TabBody>
      <MonitoringContent
        name={name}
        monitoring={monitoring}
        endpoint={endpoint.value}
      />
    </TabBody>
  );
}
