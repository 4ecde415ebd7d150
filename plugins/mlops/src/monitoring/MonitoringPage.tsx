import { useParams } from 'react-router-dom';
import { EndpointFrame } from '../serving/EndpointPage';
import { useEndpoint } from '../serving/useEndpoint';

/** /ml/endpoints/:name/monitoring: is it still right? */
export function MonitoringPage() {
  const { name = '' } = useParams();
  return (
    <EndpointFrame name={name} hub={useEndpoint(name)}>
      {null}
    </EndpointFrame>
  );
}
