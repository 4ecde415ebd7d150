import { Select, TextField } from '@backstage/ui';
import { ProblemPlan, TableProfile } from '@mlops-portal/plugin-mlops-common';
import { Card, Segmented, State } from '../components';
import { useFormat } from '../hooks';
import { errorOf, idOf } from './fieldError';
import { Choices, Draft, Operator, OPERATORS, Outcome } from './form';
import { PositiveField } from './PositiveField';
import { Problem } from './problems';
import { TargetPlot } from './TargetPlot';
import { Answer } from './useAnswer';
import { useWords } from './useWords';

/** Words, not signs: a sign for "more than" is mirrored in text from right to left. */
const WORDS = {
  '>': 'outcome.more',
  '>=': 'outcome.atLeast',
  '<': 'outcome.less',
  '<=': 'outcome.atMost',
  '==': 'outcome.equal',
} as const;

/** What of the target is predicted, and how many rows are positive by the rule. */
export function TargetCard(props: {
  table: TableProfile;
  choices: Choices;
  plan: Answer<ProblemPlan>;
  problems: Problem[];
  update: (changes: Partial<Draft>) => void;
}) {
  const t = useWords();
  const { choices, plan, update } = props;
  const { target, outcome } = choices;
  if (!target) {
    return (
      <Card title={t('section.outcome')}>
        <p className="ml-2">{t('outcome.none')}</p>
      </Card>
    );
  }
  const number = target.kind === 'number';
  const column = target.name;
  const rule =
    outcome === 'rule'
      ? { operator: choices.operator, threshold: choices.threshold }
      : undefined;
  const help =
    outcome === 'rule'
      ? t('outcome.ruleHelp', { column })
      : t(number ? 'outcome.numberHelp' : 'outcome.labelHelp', { column });
  return (
    <Card title={t('section.outcome')}>
      <div className="ml-new-outcome">
        <div className="ml-col ml-gap-16">
          <div className="ml-col">
            <span className="ml-new-label">{t('outcome.what')}</span>
            <Segmented
              label={t('outcome.what')}
              options={[
                { id: 'rule', title: t('outcome.rule') },
                {
                  id: 'asIs',
                  title: t(number ? 'outcome.number' : 'outcome.label'),
                },
              ]}
              value={outcome}
              onChange={id => update({ outcome: id as Outcome })}
            />
            <span className="ml-2 ml-s12">{help}</span>
            {!rule && <PositiveField plan={plan.value} update={update} />}
          </div>
          <div className="ml-col" id={idOf('positive')}>
            {rule && (
              <>
                <span className="ml-new-label" aria-hidden="true">
                  {t('outcome.threshold', { column })}
                </span>
                <div className="ml-new-rule">
                  <Select
                    aria-label={t('outcome.operator')}
                    options={(number ? OPERATORS : ['==' as const]).map(id => ({
                      id,
                      label: t(WORDS[id]),
                    }))}
                    value={choices.operator}
                    onChange={key =>
                      update({
                        operator: key as Operator,
                        threshold: choices.threshold,
                      })
                    }
                  />
                  <TextField
                    aria-label={t('outcome.threshold', { column })}
                    value={choices.threshold}
                    inputMode={number ? 'decimal' : undefined}
                    onChange={threshold =>
                      update({ threshold, operator: choices.operator })
                    }
                    {...errorOf('positive', props.problems, t)}
                  />
                </div>
              </>
            )}
            <Share rows={props.table.rows} plan={plan} />
          </div>
        </div>
        <TargetPlot
          column={target}
          rule={rule ?? classRule(plan.value)}
          positiveShare={plan.value?.positiveShare}
        />
      </div>
    </Card>
  );
}

/** The rule that the positive one of two classes makes. */
function classRule(plan: ProblemPlan | undefined) {
  const positive = plan?.twoClasses && plan.values?.positive;
  return positive
    ? { operator: '==', threshold: positive.replace(/^== /, '') }
    : undefined;
}

function Share(props: { rows: number; plan: Answer<ProblemPlan> }) {
  const t = useWords();
  const format = useFormat();
  const { value, asking } = props.plan;
  const { rows } = props;
  return (
    <span className="ml-2 ml-s12" role="status">
      {asking && <State state="running">{t('outcome.judging')}</State>}
      {!asking &&
        value?.positiveShare !== undefined &&
        t('outcome.share', {
          share: format.percent(value.positiveShare, 1),
          positive: format.count(Math.round(value.positiveShare * rows)),
          rows: format.count(rows),
        })}
      {!asking &&
        value?.task === 'multiclass' &&
        value.classes !== undefined &&
        t('outcome.classes', { n: format.count(value.classes) })}
    </span>
  );
}
