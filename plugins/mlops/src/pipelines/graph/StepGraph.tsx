import { KeyboardEvent, useMemo } from 'react';
import {
  Edge,
  Handle,
  MarkerType,
  Node,
  NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './graph.css';
import { Step } from '@mlops-portal/plugin-mlops-common';
import { StateShape } from '../../components';
import { useFormat, useText } from '../../hooks';
import { secondsOf } from '../duration';
import { NODE_HEIGHT, NODE_WIDTH, placeNodes } from './layout';
import { walk } from './walk';

type StepNode = Node<{ step: Step; selected: boolean }, 'step'>;

const NODE_TYPES = { step: StepBox };
const AIR = 24;

/** The steps of a run as a graph with live state. Arrow keys move the selection along the edges. */
export function StepGraph(props: {
  steps: Step[];
  selected?: string;
  onSelect: (id: string) => void;
}) {
  const { t } = useText();
  const { steps, selected } = props;
  const shape = steps.map(s => `${s.id}<${s.dependsOn}`).join(';');
  const layout = useMemo(
    () => placeNodes(steps),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- places depend on names and edges only, not on state
    [shape],
  );
  const nodes: StepNode[] = layout.placed.map(({ id, x, y }) => ({
    id,
    type: 'step',
    position: { x, y },
    width: NODE_WIDTH,
    height: NODE_HEIGHT,
    data: { step: steps.find(s => s.id === id)!, selected: id === selected },
  }));
  const onKey = (event: KeyboardEvent) => {
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    props.onSelect(walk(steps, selected ?? '', event.key));
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application of its own: arrow keys walk the graph
    <div
      className="ml-graph"
      dir="ltr"
      role="application"
      aria-label={t('run.graphLabel')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the graph takes arrow keys
      tabIndex={0}
      onKeyDown={onKey}
      style={{
        blockSize: Math.min(420, Math.max(120, layout.height + 2 * AIR)),
      }}
    >
      <ReactFlow
        nodes={nodes}
        edges={edgesOf(steps)}
        nodeTypes={NODE_TYPES}
        onNodeClick={(_, node) => props.onSelect(node.id)}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        disableKeyboardA11y
        minZoom={0.3}
        maxZoom={1}
        fitView
        fitViewOptions={{ padding: 0.04 }}
        proOptions={{ hideAttribution: true }}
      />
    </div>
  );
}

function edgesOf(steps: Step[]): Edge[] {
  return steps.flatMap(step =>
    step.dependsOn.map(from => ({
      id: `${from}>${step.id}`,
      source: from,
      target: step.id,
      className: step.state === 'skipped' ? 'skipped' : undefined,
      markerEnd: { type: MarkerType.Arrow, color: 'var(--ml-fg-tertiary)' },
    })),
  );
}

function StepBox({ data }: NodeProps<StepNode>) {
  const { stateWord, t } = useText();
  const format = useFormat();
  const { step } = data;
  const seconds = secondsOf(step);
  const took = seconds === undefined ? '' : format.span(seconds);
  return (
    <div
      className={`ml-step ${step.state}${data.selected ? ' on' : ''}`}
      title={step.reason}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <StateShape state={step.state} />
      <div>
        <b>{step.name}</b>
        <span>{stateWord(step.state)}</span>
        <span>{step.cached ? t('run.cached') : took}</span>
      </div>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}
