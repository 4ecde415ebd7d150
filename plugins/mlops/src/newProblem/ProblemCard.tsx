import { NumberField, Select, TextAreaField, TextField } from '@backstage/ui';
import {
  directionOf,
  METRICS_OF,
  ProblemPlan,
  RiskClass,
  riskClassSchema,
} from '@mlops-portal/plugin-mlops-common';
import { useEntityNames } from '../catalog/useEntityNames';
import { Card } from '../components';
import { useText } from '../hooks';
import { errorOf, idOf } from './fieldError';
import { Choices, Draft } from './form';
import { Problem } from './problems';
import { useWords } from './useWords';

const SUGGESTED = 'suggested';

/** Name, question, owner, metric and risk class. */
export function ProblemCard(props: {
  draft: Draft;
  choices: Choices;
  plan?: ProblemPlan;
  owners: string[];
  nameFree: boolean;
  problems: Problem[];
  update: (changes: Partial<Draft>) => void;
}) {
  const t = useWords();
  const text = useText();
  const { draft, choices, problems, update, owners } = props;
  const known =
    owners.includes(choices.owner) || !choices.owner
      ? owners
      : [choices.owner, ...owners];
  const names = useEntityNames(known);
  return (
    <Card title={t('section.problem')}>
      <div className="ml-new-fields">
        <div id={idOf('title')}>
          <TextField
            label={t('problem.titleLabel')}
            placeholder={t('problem.titlePlaceholder')}
            value={choices.title}
            maxLength={120}
            onChange={title => update({ title })}
            {...errorOf('title', problems, t)}
          />
        </div>
        <div id={idOf('name')}>
          <TextField
            label={t('problem.name')}
            description={t(
              props.nameFree ? 'problem.nameFree' : 'problem.nameHelp',
            )}
            value={choices.name}
            onChange={name => update({ name })}
            {...errorOf('name', problems, t)}
          />
        </div>
        <div id={idOf('objective')}>
          <TextAreaField
            label={t('problem.objective')}
            value={draft.objective}
            maxLength={500}
            rows={2}
            onChange={objective => update({ objective })}
            {...errorOf('objective', problems, t)}
          />
        </div>
        <div id={idOf('owner')}>
          <Select
            label={t('problem.owner')}
            description={t('problem.ownerHelp')}
            options={known.map(ref => ({
              id: ref,
              label: names.get(ref) ?? ref,
            }))}
            value={choices.owner || null}
            onChange={key => update({ owner: String(key) })}
            {...errorOf('owner', problems, t)}
          />
        </div>
        <MetricFields {...props} />
        <div id={idOf('risk')}>
          <Select
            label={t('problem.risk')}
            description={t(`problem.riskHelp.${draft.risk}`)}
            options={riskClassSchema.options.map(id => ({
              id,
              label: text.riskName(id),
            }))}
            value={draft.risk}
            onChange={key => update({ risk: key as RiskClass })}
          />
        </div>
      </div>
    </Card>
  );
}

function MetricFields(props: {
  draft: Draft;
  plan?: ProblemPlan;
  problems: Problem[];
  update: (changes: Partial<Draft>) => void;
}) {
  const t = useWords();
  const { metricName, t: word } = useText();
  const { draft, plan, update } = props;
  const metrics = plan?.task ? METRICS_OF[plan.task] : [];
  const suggested = draft.metric ? undefined : plan?.values?.metric.name;
  const metric = draft.metric ?? suggested;
  const described = (id: string) =>
    `${metricName(id)}, ${word(`direction.${directionOf(id)}`)}`;
  return (
    <>
      <div id={idOf('metric')}>
        <Select
          label={t('problem.metric')}
          description={t('problem.metricHelp')}
          options={[
            {
              id: SUGGESTED,
              label: t('problem.metricSuggested', {
                metric: suggested ? described(suggested) : '…',
              }),
            },
            ...metrics.map(id => ({ id, label: described(id) })),
          ]}
          value={draft.metric ?? SUGGESTED}
          onChange={key =>
            update(
              key === SUGGESTED
                ? { metric: undefined, metricTarget: undefined }
                : { metric: String(key) },
            )
          }
          {...errorOf('metric', props.problems, t)}
        />
      </div>
      <div>
        <NumberField
          label={t('problem.metricTarget')}
          description={t(
            metric ? 'problem.metricTargetHelp' : 'problem.metricTargetWaits',
          )}
          isDisabled={!metric}
          formatOptions={{ maximumFractionDigits: 6 }}
          value={draft.metricTarget ?? NaN}
          onChange={value =>
            // A target is one of this metric: the suggestion may become another one later.
            update(
              Number.isFinite(value)
                ? { metric, metricTarget: value }
                : { metricTarget: undefined },
            )
          }
        />
      </div>
    </>
  );
}
