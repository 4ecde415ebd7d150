import { RunDetail, Step } from '@mlops-portal/plugin-mlops-common';
import {
  Card,
  EmptyState,
  ScrollBox,
  Segmented,
  State,
  StateShape,
} from '../components';
import { useFormat, useQueryState, useText } from '../hooks';
import { secondsOf } from './duration';
import { StepGraph } from './graph/StepGraph';
import { useStepName } from './useStepName';

const NARROW = '(max-width: 700px)';

/** The steps of a run: as a graph, on a time line, or as a table; the choice is kept in the URL. */
export function StepsCard(props: {
  run: RunDetail;
  selected?: string;
  onSelect: (id: string) => void;
}) {
  const { t } = useText();
  const format = useFormat();
  const narrow = window.matchMedia?.(NARROW).matches ?? false;
  const [view, setView] = useQueryState('steps', narrow ? 'timeline' : 'graph');
  const { steps } = props.run;
  const done = steps.filter(s => s.state === 'succeeded').length;
  return (
    <Card
      title={t('run.steps')}
      sub={t('run.stepsSub', {
        n: format.count(steps.length),
        done: format.count(done),
      })}
      acts={
        <Segmented
          label={t('run.view')}
          value={view}
          onChange={setView}
          options={[
            { id: 'graph', title: t('run.graph') },
            { id: 'timeline', title: t('run.timeline') },
            { id: 'table', title: t('run.list') },
          ]}
        />
      }
      flush
    >
      {steps.length === 0 ? (
        <EmptyState title={t('run.noSteps')} />
      ) : (
        <StepsView view={view} {...props} />
      )}
    </Card>
  );
}

function StepsView({ view, ...props }: StepsProps & { view: string }) {
  if (view === 'timeline') return <Timeline {...props} />;
  if (view === 'table') return <StepTable {...props} />;
  return (
    <StepGraph
      steps={props.run.steps}
      selected={props.selected}
      onSelect={props.onSelect}
    />
  );
}

interface StepsProps {
  run: RunDetail;
  selected?: string;
  onSelect: (id: string) => void;
}

function StepName(props: {
  step: Step;
  on: boolean;
  onSelect: (id: string) => void;
}) {
  const nameOf = useStepName();
  return (
    <button
      type="button"
      aria-pressed={props.on}
      onClick={() => props.onSelect(props.step.id)}
    >
      <StateShape state={props.step.state} />
      <bdi dir="ltr">{nameOf(props.step)}</bdi>
    </button>
  );
}

function Timeline(props: StepsProps) {
  const { t } = useText();
  const format = useFormat();
  const { steps } = props.run;
  const starts = steps.flatMap(s =>
    s.startedAt ? [Date.parse(s.startedAt)] : [],
  );
  const from = Math.min(...starts);
  const ends = steps.flatMap(s =>
    s.startedAt ? [s.finishedAt ? Date.parse(s.finishedAt) : Date.now()] : [],
  );
  const span = Math.max(1, Math.max(...ends) - from);
  return (
    <ol className="ml-steps" style={{ paddingBlockEnd: 12 }}>
      {steps.map(step => {
        const seconds = secondsOf(step);
        const took =
          seconds === undefined ? t('common.none') : format.span(seconds);
        return (
          <li key={step.id}>
            <StepName
              step={step}
              on={step.id === props.selected}
              onSelect={props.onSelect}
            />
            <span className="track">
              {step.startedAt && seconds !== undefined && (
                <i
                  className={step.state}
                  style={{
                    insetInlineStart: `${
                      ((Date.parse(step.startedAt) - from) / span) * 100
                    }%`,
                    inlineSize: `${((seconds * 1000) / span) * 100}%`,
                  }}
                />
              )}
            </span>
            <span className="ml-s12 ml-3 ml-num ml-end">
              {step.cached ? t('run.cached') : took}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function StepTable(props: StepsProps) {
  const { t } = useText();
  const format = useFormat();
  return (
    <ScrollBox label={t('run.steps')}>
      <table className="ml-table ml-steps">
        <thead>
          <tr>
            <th scope="col">{t('run.step')}</th>
            <th scope="col">{t('run.state')}</th>
            <th scope="col" className="n">
              {t('run.duration')}
            </th>
            <th scope="col">{t('run.takesFrom')}</th>
          </tr>
        </thead>
        <tbody>
          {props.run.steps.map(step => {
            const seconds = secondsOf(step);
            return (
              <tr
                key={step.id}
                className={step.id === props.selected ? 'on' : undefined}
              >
                <th scope="row">
                  <StepName
                    step={step}
                    on={step.id === props.selected}
                    onSelect={props.onSelect}
                  />
                </th>
                <td>
                  <State state={step.state} />
                  {step.cached && (
                    <span className="ml-3"> {t('run.cached')}</span>
                  )}
                  {step.reason && (
                    <div className="ml-s11 ml-2">{step.reason}</div>
                  )}
                </td>
                <td className="n">
                  {seconds === undefined
                    ? t('common.none')
                    : format.span(seconds)}
                </td>
                <td>
                  <bdi dir="ltr">
                    {step.dependsOn.join(', ') || t('common.none')}
                  </bdi>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}
