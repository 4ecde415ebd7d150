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
import '../pipelines/graph/graph.css';
import './lineage.css';
import { RiEyeOffLine, RiMoreLine } from '@remixicon/react';
import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { useText } from '../hooks';
import { placeNodes } from '../pipelines/graph/layout';
import { walk } from '../pipelines/graph/walk';
import { KindIcon } from './KindIcon';
import { edgeKey, stepsOf } from './merge';
import { useFactLine } from './useFacts';

type LineageNode = Lineage['nodes'][number];
type Box = Node<
  { node: LineageNode; cut: boolean; selected: boolean },
  'lineage'
>;

const NODE_TYPES = { lineage: NodeBox };
const SIZE = { width: 150, height: 68 };
const AIR = 24;
const TALLEST = 560;

export interface LineageViewProps {
  lineage: Lineage;
  selected: string;
  onSelect: (id: string) => void;
  onExpand: (id: string) => void;
}

/** Lineage from sources at the left to consumers at the right. Arrow keys walk it; Enter expands a cut. */
export function LineageGraph(props: LineageViewProps) {
  const { t } = useText();
  const { lineage, selected } = props;
  const steps = useMemo(() => stepsOf(lineage), [lineage]);
  const layout = useMemo(() => placeNodes(steps, SIZE), [steps]);
  const cut = new Set(lineage.cut);
  const nodes: Box[] = layout.placed.map(({ id, x, y }) => ({
    id,
    type: 'lineage',
    position: { x, y },
    ...SIZE,
    data: {
      node: lineage.nodes.find(n => n.id === id)!,
      cut: cut.has(id),
      selected: id === selected,
    },
  }));
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && cut.has(selected)) {
      event.preventDefault();
      props.onExpand(selected);
    }
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    props.onSelect(walk(steps, selected, event.key));
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes its keys itself
    <div
      className="ml-graph ml-lineage"
      dir="ltr"
      role="application"
      aria-label={t('lineage.graphLabel')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the graph takes arrow keys
      tabIndex={0}
      onKeyDown={onKey}
      style={{
        blockSize: Math.min(TALLEST, Math.max(240, layout.height + 2 * AIR)),
      }}
    >
      <ReactFlow
        key={steps.map(s => s.id).join()}
        nodes={nodes}
        edges={edgesOf(lineage, selected)}
        nodeTypes={NODE_TYPES}
        onNodeClick={(_, { id }) => props.onSelect(id)}
        onNodeDoubleClick={(_, { id }) => cut.has(id) && props.onExpand(id)}
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

function edgesOf(lineage: Lineage, selected: string): Edge[] {
  return lineage.edges.map(edge => {
    const on = edge.from === selected || edge.to === selected;
    const colour = on ? 'var(--ml-c1)' : 'var(--ml-border-input)';
    return {
      id: edgeKey(edge),
      source: edge.to,
      target: edge.from,
      style: { stroke: colour, strokeWidth: on ? 1.75 : 1 },
      className: edge.validTo ? 'skipped' : undefined,
      markerEnd: { type: MarkerType.Arrow, color: colour },
    };
  });
}

function NodeBox({ data }: NodeProps<Box>) {
  const { t, say } = useText();
  const line = useFactLine();
  const { node, cut, selected } = data;
  const classes = [
    'ml-node',
    node.redacted ? 'redacted' : '',
    node.focus ? 'focus' : '',
    selected ? 'on' : '',
    cut ? 'cut' : '',
  ];
  return (
    <div className={classes.join(' ')} title={node.id}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className="kind">
        {node.redacted ? (
          <RiEyeOffLine size={14} />
        ) : (
          <KindIcon kind={node.kind} />
        )}
        {node.redacted
          ? t('lineage.hidden')
          : say(`lineage.kind.${node.kind}`, {}, node.kind)}
        {cut && (
          <span className="more" title={t('lineage.cutWhy')}>
            <RiMoreLine size={12} /> {t('lineage.cut')}
          </span>
        )}
      </span>
      <b>{node.redacted ? t('lineage.hiddenWhy') : node.title}</b>
      <span>{node.redacted ? '' : line(node)}</span>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}
