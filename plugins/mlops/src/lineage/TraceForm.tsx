import { FormEvent, useState } from 'react';
import { Button, Combobox } from '@backstage/ui';
import { useHub, useText } from '../hooks';

/** Endpoints to choose from; the name of any other one can be typed. */
const CHOICE = 100;

/** Asks for the endpoint, out of those that are known, and the id of one prediction. */
export function TraceForm(props: {
  endpoint: string;
  prediction: string;
  onTrace: (endpoint: string, prediction: string) => void;
}) {
  const { t } = useText();
  const [endpoint, setEndpoint] = useState(props.endpoint);
  const [prediction, setPrediction] = useState(props.prediction);
  const known = useKnownEndpoints();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Labels name the row after a slash; in a path it stands after a tilde.
    const id = prediction.trim().replace(/\/(\d+)$/, '~$1');
    if (endpoint.trim() && id)
      props.onTrace(endpoint.trim(), /~\d+$/.test(id) ? id : `${id}~0`);
  };
  return (
    <form className="ml-inline-form" onSubmit={submit}>
      <div className="ml-combo">
        <Combobox
          label={t('trace.endpoint')}
          placeholder={t('trace.endpointHint')}
          allowsCustomValue
          options={known.map(name => ({ id: name, label: name }))}
          search={{ inputValue: endpoint, onInputChange: setEndpoint }}
          onChange={name => name !== null && setEndpoint(String(name))}
        />
      </div>
      <label className="ml-field">
        {t('trace.prediction')}
        <input
          dir="ltr"
          required
          value={prediction}
          placeholder={t('trace.predictionHint')}
          onChange={event => setPrediction(event.target.value)}
        />
      </label>
      <Button
        type="submit"
        size="small"
        variant="secondary"
        isDisabled={!endpoint.trim() || !prediction.trim()}
      >
        {t('trace.find')}
      </Button>
    </form>
  );
}

/** Names in alphabetical order; none while the hub does not say, when a name can be typed all the same. */
function useKnownEndpoints(): string[] {
  const { value } = useHub(
    (client, signal) => client.listEndpoints({ limit: CHOICE }, { signal }),
    ['trace-endpoints'],
  );
  return (value?.items ?? [])
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b));
}
