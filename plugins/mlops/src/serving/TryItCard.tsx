import { FormEvent, useState } from 'react';
import { Link } from 'react-router-dom';
import { RiPlayLine } from '@remixicon/react';
import { Button, Select } from '@backstage/ui';
import { EndpointDetail, Signature } from '@mlops-portal/plugin-mlops-common';
import { Card, EmptyState, ErrorNotice, State } from '../components';
import { useAct, useQueryState, useText } from '../hooks';
import { paths } from '../routes';
import { AnswerBox } from './AnswerBox';
import { Answer, answerOf, checkField, fieldsOf, requestOf } from './tryIt';
import { partsOf } from './parts';

/** Fields out of the signature, filled with a real row; checked before anything is sent. */
export function TryItCard(props: { endpoint: EndpointDetail }) {
  const { t } = useText();
  const { endpoint } = props;
  return (
    <Card
      title={t('try.title')}
      sub={endpoint.signature && t('try.sub')}
      flush={!endpoint.signature}
    >
      {endpoint.signature ? (
        <Form endpoint={endpoint} signature={endpoint.signature} />
      ) : (
        <EmptyState title={t('try.noSignatureTitle')}>
          {t('try.noSignature')}
        </EmptyState>
      )}
    </Card>
  );
}

function Form(props: { endpoint: EndpointDetail; signature: Signature }) {
  const { t } = useText();
  const { endpoint, signature } = props;
  const sample = () => fieldsOf(signature, endpoint.sample);
  const [fields, setFields] = useState(sample);
  const [answer, setAnswer] = useState<Answer & { ms: number; own: boolean }>();
  const [chosen, setChosen] = useQueryState('version', 'traffic');
  const { act, busy, error } = useAct();
  const problems = new Map(
    signature.inputs.flatMap(tensor => {
      const problem = checkField(tensor, fields[tensor.name] ?? '');
      return problem ? [[tensor.name, problem] as const] : [];
    }),
  );
  const version = Number(chosen) || undefined;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (problems.size) return;
    const started = performance.now();
    const response = await act((client, signal) =>
      client.infer(
        {
          name: endpoint.name,
          version,
          body: requestOf(signature, fields),
        },
        { signal },
      ),
    );
    if (!response) return;
    setAnswer({
      ...answerOf(signature, response),
      ms: performance.now() - started,
      own: version !== undefined,
    });
  };
  return (
    <form className="ml-try" onSubmit={send} noValidate>
      <div className="ml-try-fields">
        {signature.inputs.map(({ name, datatype }) => (
          <Field
            key={name}
            name={name}
            datatype={datatype}
            value={fields[name] ?? ''}
            problem={problems.get(name)}
            onChange={value => setFields({ ...fields, [name]: value })}
          />
        ))}
      </div>
      <State state={problems.size ? 'not-met' : 'met'}>
        {problems.size
          ? t('try.checksBad', {
              n: problems.size,
              total: signature.inputs.length,
            })
          : t('try.checksGood', { n: signature.inputs.length })}
      </State>
      <div className="ml-row wrap">
        <Button
          type="submit"
          size="small"
          variant="primary"
          isPending={busy}
          isDisabled={problems.size > 0}
          iconStart={<RiPlayLine size={16} />}
        >
          {t('try.send')}
        </Button>
        <Button
          size="small"
          variant="tertiary"
          onPress={() => setFields(sample())}
        >
          {t('try.reset')}
        </Button>
        <VersionChoice
          endpoint={endpoint}
          value={chosen}
          onChange={setChosen}
        />
      </div>
      {error && (
        <ErrorNotice
          what={t('try.what', { name: endpoint.name })}
          error={error}
          act
        />
      )}
      <div aria-live="polite">
        {answer && (
          <>
            <AnswerBox answer={answer} />
            {answer.own ? (
              <p className="ml-s12 ml-3">{t('try.notCaptured')}</p>
            ) : (
              answer.requestId && (
                <p className="ml-s12">
                  <Link
                    className="ml-link"
                    to={paths.trace(endpoint.name, `${answer.requestId}~0`)}
                  >
                    {t('try.trace')}
                  </Link>
                </p>
              )
            )}
          </>
        )}
      </div>
    </form>
  );
}

function Field(props: {
  name: string;
  datatype: string;
  value: string;
  problem?: string;
  onChange: (value: string) => void;
}) {
  const { say } = useText();
  const { name, problem } = props;
  return (
    <label className="ml-field">
      <span>
        <code>{name}</code> <small className="ml-3">{props.datatype}</small>
      </span>
      <input
        value={props.value}
        dir="ltr"
        inputMode={/^(U?INT|FP)/.test(props.datatype) ? 'decimal' : 'text'}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `try-${name}` : undefined}
        onChange={event => props.onChange(event.target.value)}
      />
      {problem && (
        <span id={`try-${name}`} className="ml-s11 ml-bad" role="alert">
          {say(`try.${problem}`, { name, value: props.value })}
        </span>
      )}
    </label>
  );
}

function VersionChoice(props: {
  endpoint: EndpointDetail;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useText();
  const parts = partsOf(props.endpoint);
  if (parts.length < 2) return null;
  return (
    <Select
      aria-label={t('try.version')}
      size="small"
      options={[
        { id: 'traffic', label: t('try.asTraffic') },
        ...parts.map(({ version }) => ({
          id: String(version),
          label: t('try.only', { version }),
        })),
      ]}
      value={props.value}
      onChange={id => props.onChange(String(id))}
    />
  );
}
