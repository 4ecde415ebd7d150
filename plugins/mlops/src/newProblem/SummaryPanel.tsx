import { ReactNode } from 'react';
import { Button } from '@backstage/ui';
import {
  RiBox3Line,
  RiDatabase2Line,
  RiFlowChart,
  RiGitBranchLine,
  RiPulseLine,
  RiServerLine,
} from '@remixicon/react';
import { ProblemPlan, TableProfile } from '@mlops-portal/plugin-mlops-common';
import { Card, ErrorNotice, Facts, State, StateShape } from '../components';
import { useFormat, useText } from '../hooks';
import { focusField } from './fieldError';
import { Choices, Draft } from './form';
import { Problem } from './problems';
import { Answer } from './useAnswer';
import { useWords } from './useWords';

/** What Create will make, what stops it, and Create itself. */
export function SummaryPanel(props: {
  draft: Draft;
  table?: TableProfile;
  /** The table is being read: nothing can be said of it yet. */
  reading: boolean;
  choices?: Choices;
  plan: Answer<ProblemPlan>;
  problems: Problem[];
  creating: boolean;
  failed?: Error;
  onCreate: () => void;
  onDiscard: () => void;
}) {
  const t = useWords();
  const { plan, problems, choices, table } = props;
  const ready =
    !problems.length && !plan.asking && !plan.error && Boolean(plan.value);
  return (
    <aside className="ml-new-side" aria-label={t('summary.title')}>
      <Card title={t('summary.title')}>
        <div className="ml-col ml-gap-16">
          {choices && table && (
            <Things name={choices.name || '…'} rows={table.rows} />
          )}
          {plan.value?.values && <PlanFacts {...props} plan={plan.value} />}
          {props.draft.source ? (
            problems.length > 0 &&
            !props.reading && <ToFix problems={problems} />
          ) : (
            <span className="ml-2">{t('summary.start')}</span>
          )}
          {plan.asking && !problems.length && (
            <span role="status">
              <State state="running">{t('summary.checking')}</State>
            </span>
          )}
          {plan.error && (
            <ErrorNotice
              what={t('summary.checkFailed')}
              error={plan.error}
              act
              onRetry={plan.askAgain}
            />
          )}
          {props.failed && (
            <ErrorNotice
              what={t('summary.createFailed')}
              error={props.failed}
              act
            />
          )}
          <div className="ml-row wrap">
            <Button
              variant="primary"
              isDisabled={!ready}
              isPending={props.creating}
              onPress={props.onCreate}
            >
              {t('summary.create')}
            </Button>
            {props.draft.source && (
              <Button variant="tertiary" onPress={props.onDiscard}>
                {t('summary.discard')}
              </Button>
            )}
          </div>
          <span className="ml-3 ml-s12">{t('summary.draft')}</span>
        </div>
      </Card>
    </aside>
  );
}

function ToFix(props: { problems: Problem[] }) {
  const t = useWords();
  const { problems } = props;
  const open = problems.every(problem => problem.open);
  return (
    <div className={`ml-notice${open ? '' : ' bad'}`} role="status">
      <StateShape state={open ? 'waiting' : 'failed'} />
      <div>
        <strong>
          {t(open ? 'summary.fill' : 'summary.fix', { count: problems.length })}
        </strong>{' '}
        {problems.map((problem, i) => (
          <span key={problem.field + i}>
            {i > 0 && ', '}
            <button
              type="button"
              className="ml-new-jump"
              onClick={() => focusField(problem.field)}
            >
              {t(`field.${problem.field}`)}
            </button>
          </span>
        ))}
      </div>
    </div>
  );
}

function Things(props: { name: string; rows: number }) {
  const t = useWords();
  const format = useFormat();
  const { name } = props;
  const things: Array<[ReactNode, string, string, string]> = [
    [
      <RiGitBranchLine size={16} />,
      t('summary.repository'),
      name,
      t('summary.repositoryNote'),
    ],
    [
      <RiDatabase2Line size={16} />,
      t('summary.dataset'),
      `${name}-data`,
      t('summary.datasetNote', { rows: format.count(props.rows) }),
    ],
    [
      <RiFlowChart size={16} />,
      t('summary.pipeline'),
      name,
      t('summary.pipelineNote'),
    ],
    [
      <RiBox3Line size={16} />,
      t('summary.model'),
      name,
      t('summary.modelNote'),
    ],
    [
      <RiServerLine size={16} />,
      t('summary.endpoint'),
      name,
      t('summary.endpointNote'),
    ],
    [
      <RiPulseLine size={16} />,
      t('summary.monitor'),
      name,
      t('summary.monitorNote'),
    ],
  ];
  return (
    <ul className="ml-new-things">
      {things.map(([icon, kind, what, note]) => (
        <li key={kind}>
          <span className="ml-icon ml-3" aria-hidden>
            {icon}
          </span>
          <span>
            <span className="ml-2">{kind}</span> <code>{what}</code>
            <span className="ml-3 ml-s12 ml-new-note">{note}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function PlanFacts(props: {
  plan: ProblemPlan;
  choices?: Choices;
  draft: Draft;
}) {
  const t = useWords();
  const format = useFormat();
  const { taskName } = useText();
  const { plan, draft } = props;
  const { columns, left_out: leftOut, windows, time } = plan.values!;
  const retraining = [
    draft.schedule.trim() && t('summary.onSchedule'),
    draft.when.includes('drift') && t('summary.onDrift'),
    draft.when.includes('quality') && t('summary.onQuality'),
  ].filter(Boolean);
  const split = time
    ? t('summary.splitTime', { test: String(windows.test ?? '–') })
    : t('summary.splitHash', {
        share: format.percent(Number(windows.test_share ?? 0)),
      });
  return (
    <Facts
      items={[
        [t('summary.task'), taskName(plan.task ?? '')],
        [
          t('summary.inputs'),
          t('summary.inputsValue', {
            n: format.count(Object.keys(columns).length),
            left: format.count(Object.keys(leftOut).length),
          }),
        ],
        [t('summary.split'), split],
        [
          t('summary.retraining'),
          retraining.length ? retraining.join(', ') : t('summary.byHand'),
        ],
      ]}
    />
  );
}
