import { Step } from '@mlops-portal/plugin-mlops-common';
import { StateShape } from '../../components';
import { FlowGraph } from '../../components/graph/FlowGraph';
import { useFormat, useText } from '../../hooks';
import { secondsOf } from '../duration';
import { candidateOf } from '../telling';
import { useStepName } from '../useStepName';

const SIZE = { width: 140, height: 64 };
const TALLEST = 420;

/** A step with what the picture says of it. */
interface StepBoxValue {
  step: Step;
  title: string;
}

/** The steps of a run as a graph with live state. Arrow keys move the selection along the edges. */
export function StepGraph(props: {
  steps: Step[];
  selected?: string;
  onSelect: (id: string) => void;
}) {
  const { t } = useText();
  const nameOf = useStepName();
  return (
    <FlowGraph
      nodes={props.steps.map(step => ({
        id: step.id,
        dependsOn: step.dependsOn,
        value: { step, title: nameOf(step) },
        faint: step.state === 'skipped',
      }))}
      content={StepBox}
      size={SIZE}
      tallest={TALLEST}
      label={t('run.graphLabel')}
      selected={props.selected}
      onSelect={props.onSelect}
    />
  );
}

function StepBox(props: { value: StepBoxValue; selected: boolean }) {
  const { stateWord, t } = useText();
  const format = useFormat();
  const { step, title } = props.value;
  const seconds = secondsOf(step);
  const tried = valueOf(step);
  const value = tried === undefined ? '' : format.metric(tried);
  const took = seconds === undefined ? '' : format.span(seconds);
  return (
    <div
      className={`ml-step ${step.state}${props.selected ? ' on' : ''}`}
      title={step.reason}
    >
      <StateShape state={step.state} />
      <div>
        <b>{title}</b>
        <span>{stateWord(step.state)}</span>
        <span>
          {[value, step.cached ? t('run.cached') : took]
            .filter(Boolean)
            .join(', ')}
        </span>
      </div>
    </div>
  );
}

/** What a trial reached, as its step gave it. */
function valueOf(step: Step): number | undefined {
  if (candidateOf(step) === undefined) return undefined;
  for (const given of Object.values(step.outputs)) {
    const value = (given as { value?: unknown } | null)?.value;
    if (typeof value === 'number') return value;
  }
  return undefined;
}
