import { Select } from '@backstage/ui';
import { ProblemPlan } from '@mlops-portal/plugin-mlops-common';
import { Draft } from './form';
import { useWords } from './useWords';

/** Which of two classes counts as "it happened": one is suggested, and the reason said. */
export function PositiveField(props: {
  plan?: ProblemPlan;
  update: (changes: Partial<Draft>) => void;
}) {
  const t = useWords();
  const { positiveWhy, twoClasses, values } = props.plan ?? {};
  const positive = /^== (.*)$/s.exec(values?.positive ?? '')?.[1];
  if (!twoClasses || positive === undefined) return null;
  return (
    <div className="ml-new-positive">
      <Select
        label={t('outcome.positiveClass')}
        size="small"
        options={twoClasses.map(id => ({ id, label: id }))}
        value={positive}
        onChange={key => props.update({ positiveClass: key as string })}
      />
      <span className="ml-2 ml-s12">
        {t(positiveWhy ? `outcome.why.${positiveWhy}` : 'outcome.why.chosen')}
      </span>
    </div>
  );
}
