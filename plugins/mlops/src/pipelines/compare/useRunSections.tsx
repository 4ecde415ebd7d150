import { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { CompareRow, Section } from '../../compare/CompareTable';
import { Actor, Moment, State } from '../../components';
import { useFormat, useText } from '../../hooks';
import { paths } from '../../routes';
import { secondsOf } from '../duration';
import {
  betterOf,
  chosenOf,
  Compared,
  metricsOf,
  onSameRows,
  parametersOf,
  stepsOf,
} from './compared';
import { LongText } from './LongText';

/** A row of plain texts, or of what the page shows for each of them. */
function row(name: string, texts: string[], values?: ReactNode[]): CompareRow {
  return {
    name,
    texts,
    values: values ?? texts,
    differs: new Set(texts).size > 1,
  };
}

/** What runs are compared by: what came of them, metrics, parameters, data and the time of each step. */
export function useRunSections(all: Compared[]): Section[] {
  return [
    useOutcome(all),
    useMetrics(all),
    useParameters('compareRuns.chosenParameters', all.map(chosenOf)),
    useParameters(
      'compareRuns.runParameters',
      all.map(({ run }) => run.parameters),
    ),
    useData(all),
    useSteps(all),
  ].filter(section => section.rows.length > 0);
}

function useOutcome(all: Compared[]): Section {
  const { t, say, stateWord } = useText();
  const format = useFormat();
  const none = t('common.none');
  const runs = all.map(({ run }) => run);
  const span = (seconds?: number) =>
    seconds === undefined ? none : format.span(seconds);
  return {
    title: t('compareRuns.run'),
    rows: [
      row(
        t('compareRuns.state'),
        runs.map(run => stateWord(run.state)),
        runs.map(run => <State state={run.state} />),
      ),
      row(
        t('compareRuns.reason'),
        runs.map(run => run.reason ?? none),
      ),
      row(
        t('compareRuns.why'),
        runs.map(run => [run.trigger, run.actor, run.because].join(' ')),
        runs.map(run => (
          <>
            {say(`trigger.${run.trigger}`)}{' '}
            <Actor of={run.actor} say={actor => t('runs.by', { actor })} />
            {run.because && <div className="ml-s11 ml-3">{run.because}</div>}
          </>
        )),
      ),
      row(
        t('compareRuns.started'),
        runs.map(run => run.startedAt ?? none),
        runs.map(run => (run.startedAt ? <Moment at={run.startedAt} /> : none)),
      ),
      row(
        t('compareRuns.duration'),
        runs.map(run => span(secondsOf(run))),
      ),
      row(
        t('compareRuns.engine'),
        runs.map(run => run.engine),
      ),
      row(
        t('compareRuns.version'),
        runs.map(run => (run.versionMade ? `v${run.versionMade}` : none)),
        runs.map(run =>
          run.versionMade ? (
            <Link
              className="ml-link"
              to={paths.version(run.pipeline, run.versionMade)}
            >
              v{run.versionMade}
            </Link>
          ) : (
            none
          ),
        ),
      ),
    ],
  };
}

function useMetrics(all: Compared[]): Section {
  const { t, metricName } = useText();
  const format = useFormat();
  const fair = onSameRows(all);
  return {
    title: t('compare.metrics'),
    note: fair ? undefined : t('compareRuns.ownRows'),
    rows: metricsOf(all).map(metric => ({
      ...row(
        metricName(metric.name),
        metric.values.map(value =>
          value === undefined ? t('common.none') : format.metric(value),
        ),
      ),
      better: fair ? betterOf(metric) : undefined,
    })),
  };
}

function useParameters(
  title: 'compareRuns.chosenParameters' | 'compareRuns.runParameters',
  each: Array<Record<string, unknown>>,
): Section {
  const { t } = useText();
  const format = useFormat();
  const write = (value: unknown) => {
    if (value === undefined || value === '') return t('common.none');
    if (typeof value === 'number')
      return format.number(value, { maximumSignificantDigits: 5 });
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return {
    title: t(title),
    rows: parametersOf(each).map(({ name, values }) => {
      const texts = values.map(write);
      return row(
        name,
        texts,
        texts.map(text => <LongText text={text} />),
      );
    }),
  };
}

function useData(all: Compared[]): Section {
  const { t } = useText();
  const format = useFormat();
  const none = t('common.none');
  const windows = (of: 'train' | 'test') =>
    all.map(({ version }) => {
      const window = version?.[of];
      return (window && format.window(window.from, window.to)) || none;
    });
  const rows = (of: 'train' | 'test') =>
    all.map(({ version }) => {
      const window = version?.[of];
      return window ? format.count(window.rows) : none;
    });
  return {
    title: t('compareRuns.data'),
    rows: [
      row(t('compare.trainWindow'), windows('train')),
      row(t('compare.trainRows'), rows('train')),
      row(t('compare.testWindow'), windows('test')),
      row(t('compare.testRows'), rows('test')),
      row(
        t('compare.commit'),
        all.map(({ run }) => run.commit.slice(0, 8)),
        all.map(({ run }) => (
          <>
            <Link
              className="ml-link"
              to={paths.lineage(`commit:${run.commit}`)}
            >
              <code>{run.commit.slice(0, 8)}</code>
            </Link>
            {run.message && <div className="ml-s11 ml-3">{run.message}</div>}
          </>
        )),
      ),
    ],
  };
}

function useSteps(all: Compared[]): Section {
  const { t } = useText();
  const format = useFormat();
  return {
    title: t('compareRuns.steps'),
    rows: stepsOf(all).map(({ name, seconds, cached, differs }) => ({
      ...row(
        name,
        seconds.map((value, i) => {
          if (value === undefined) return t('common.none');
          const span = format.span(value);
          return cached[i] ? t('compareRuns.cached', { span }) : span;
        }),
      ),
      differs,
    })),
  };
}
