import { Step } from '@mlops-portal/plugin-mlops-common';
import { Card, Facts, State } from '../components';
import { useFormat, useText } from '../hooks';
import { secondsOf } from './duration';
import { LogView } from './LogView';
import { StepValue } from './StepValue';
import { useStepName } from './useStepName';

/** The selected step: its log, following while it runs, and what it took and gave. */
export function StepPanel(props: {
  runId: string;
  step: Step;
  index: number;
  total: number;
}) {
  const { t } = useText();
  const format = useFormat();
  const nameOf = useStepName();
  const { step, runId } = props;
  const seconds = secondsOf(step);
  const place = t('step.of', {
    n: format.count(props.index + 1),
    total: format.count(props.total),
  });
  const ran = step.startedAt !== undefined;
  return (
    <Card
      title={<bdi dir="ltr">{nameOf(step)}</bdi>}
      sub={seconds === undefined ? place : `${place}, ${format.span(seconds)}`}
      acts={<State state={step.state} pill />}
    >
      <div className="ml-panel">
        <div className="ml-col">
          {step.reason && ran && <p className="ml-2">{step.reason}</p>}
          {ran ? (
            <LogView
              name={`${runId}-${step.id}`}
              title={`${t('step.log')} ${step.name}`}
              load={(client, offset, signal) =>
                client.getStepLog(
                  { id: runId, step: step.id, offset },
                  { signal },
                )
              }
            />
          ) : (
            <p className="ml-2">
              {step.reason
                ? t('step.skippedLog', { reason: step.reason })
                : t('step.noLog')}
            </p>
          )}
        </div>
        <aside>
          <Values title={t('step.inputs')} values={step.inputs} />
          <Values title={t('step.outputs')} values={step.outputs} />
        </aside>
      </div>
    </Card>
  );
}

function Values(props: { title: string; values: Record<string, unknown> }) {
  const { t } = useText();
  const entries = Object.entries(props.values);
  return (
    <div>
      <h3>{props.title}</h3>
      {entries.length === 0 ? (
        <p className="ml-s12 ml-3">{t('step.nothing')}</p>
      ) : (
        <Facts
          items={entries.map(([name, value]) => [
            name,
            <StepValue key={name} value={value} />,
          ])}
        />
      )}
    </div>
  );
}
