import { ReactNode, useState } from 'react';
import { Link } from 'react-router-dom';
import { RunDetail, Step } from '@mlops-portal/plugin-mlops-common';
import { StateShape } from '../../components';
import { useFormat, useNow, useText } from '../../hooks';
import { paths } from '../../routes';
import { useWords } from '../useWords';
import { readable } from './log';
import { MakingStep, useMaking } from './useMaking';

type Making = ReturnType<typeof useMaking>;

/** Seconds between two times; until now while the second is missing. */
function useSpan() {
  const format = useFormat();
  const now = useNow(1000);
  return (from?: string, to?: string) =>
    from
      ? format.span(((to ? Date.parse(to) : now) - Date.parse(from)) / 1000)
      : '–';
}

/** Steps in the order they happen; those to come are there from the start. */
export function StepList(props: { making: Making }) {
  const t = useWords();
  const span = useSpan();
  const { steps, ci, run, outcome, exists } = props.making;
  const gone = outcome !== 'making' && !exists;
  return (
    <ol className="ml-new-steps">
      {steps.map(step => (
        <TaskStep key={step.id} step={step} span={span} />
      ))}
      {!gone && (
        <>
          <Row
            state={ci?.state ?? 'waiting'}
            title={t('progress.checks')}
            detail={ci && (ci.reason ?? jobsOf(ci.jobs))}
            time={ci && span(ci.createdAt, ci.finishedAt)}
          />
          <FirstRun run={run} span={span} />
          <Row
            state={run?.versionMade ? 'succeeded' : 'waiting'}
            title={t('progress.version', {
              version: `v${run?.versionMade ?? 1}`,
            })}
            detail={
              run?.versionMade ? (
                <Link
                  className="ml-link"
                  to={paths.version(run.pipeline, run.versionMade)}
                >
                  {t('progress.versionMade')}
                </Link>
              ) : (
                t('progress.versionWaits')
              )
            }
          />
        </>
      )}
    </ol>
  );
}

function jobsOf(jobs: Array<{ name: string }>): string {
  return jobs.map(job => job.name).join(', ');
}

function Row(props: {
  state: string;
  title: string;
  detail?: ReactNode;
  time?: string;
  usual?: string;
  children?: ReactNode;
}) {
  return (
    <li aria-current={props.state === 'running' ? 'step' : undefined}>
      <StateShape state={props.state} size={16} />
      <div>
        <div>{props.title}</div>
        {props.detail && <div className="ml-2 ml-s12">{props.detail}</div>}
      </div>
      <span className="ml-2 ml-s12 ml-num ml-end">
        {props.time}
        {props.usual && <span className="ml-3 ml-new-note">{props.usual}</span>}
      </span>
      {props.children && <div className="more ml-col">{props.children}</div>}
    </li>
  );
}

function TaskStep(props: {
  step: MakingStep;
  span: (from?: string, to?: string) => string;
}) {
  const t = useWords();
  const format = useFormat();
  const { step } = props;
  const [wanted, setWanted] = useState<boolean>();
  const open = wanted ?? step.state === 'failed';
  const lines = readable(step.log);
  return (
    <Row
      state={step.state}
      title={step.title}
      time={props.span(
        step.startedAt,
        step.state === 'running' ? undefined : step.endedAt ?? step.startedAt,
      )}
      detail={
        step.reason ? (
          <span className="ml-bad">{step.reason}</span>
        ) : (
          lines.length > 0 &&
          step.state !== 'skipped' && (
            <span className="ml-row wrap">
              {step.files
                ? t('progress.files', { n: format.count(step.files) })
                : step.made}
              <button
                type="button"
                className="ml-new-jump"
                aria-expanded={open}
                onClick={() => setWanted(!open)}
              >
                {t(open ? 'progress.hideLog' : 'progress.showLog')}
              </button>
            </span>
          )
        )
      }
    >
      {open && lines.length > 0 && (
        <pre
          className="ml-log wrap"
          role="region"
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label={t('progress.log', { step: step.title })}
        >
          {lines.slice(-40).join('\n')}
        </pre>
      )}
    </Row>
  );
}

function FirstRun(props: {
  run?: RunDetail;
  span: (from?: string, to?: string) => string;
}) {
  const t = useWords();
  const format = useFormat();
  const { run, span } = props;
  if (!run) return <Row state="waiting" title={t('progress.run')} />;
  const now = run.steps.findIndex(s => s.state === 'running');
  const all = format.count(run.steps.length);
  const going = () =>
    now < 0
      ? t('progress.runSteps', { all })
      : t('progress.runStep', {
          n: format.count(now + 1),
          all,
          name: run.steps[now].name,
        });
  const detail = run.reason ?? going();
  return (
    <Row
      state={run.state}
      title={t('progress.run')}
      detail={detail}
      time={span(run.startedAt ?? run.createdAt, run.finishedAt)}
      usual={
        run.usual
          ? t('progress.usual', { span: format.span(run.usual.seconds) })
          : undefined
      }
    >
      <ol className="ml-new-chips">
        {run.steps.map(step => (
          <Chip key={step.id} step={step} run={run.id} span={span} />
        ))}
      </ol>
    </Row>
  );
}

function Chip(props: {
  step: Step;
  run: string;
  span: (from?: string, to?: string) => string;
}) {
  const { stateWord } = useText();
  const { step } = props;
  return (
    <li className={step.state === 'running' ? 'now' : undefined}>
      <StateShape state={step.state} label={stateWord(step.state)} />
      <span className="ml-3 ml-s11 ml-push ml-num">
        {step.startedAt && props.span(step.startedAt, step.finishedAt)}
      </span>
      <Link to={`${paths.run(props.run)}?step=${encodeURIComponent(step.id)}`}>
        <code>{step.name}</code>
      </Link>
    </li>
  );
}
