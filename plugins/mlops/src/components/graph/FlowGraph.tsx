import { ComponentType, KeyboardEvent, useMemo } from 'react';
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
import { withoutImplied } from './implied';
import { placeNodes } from './layout';
import { walk } from './walk';

export interface FlowNode<T> {
  id: string;
  /** Ids of the nodes at its left. */
  dependsOn: string[];
  value: T;
  /** The edges that lead to it are dashed. */
  faint?: boolean;
}

type Box<T extends object> = Node<
  { value: T; selected: boolean; Content: BoxContent<T> },
  'box'
>;
type BoxContent<T> = ComponentType<{ value: T; selected: boolean }>;

const NODE_TYPES = { box: NodeBox };
const AIR = 24;

/**
 * Boxes of one size from left to right, placed by their edges; nothing is dragged. Arrow keys move the selection along
 * the edges, Enter acts on it. Edges that a longer way implies are drawn (dashed) only at the selected box.
 */
export function FlowGraph<T extends object>(props: {
  nodes: FlowNode<T>[];
  /** Must not change between renders. */
  content: BoxContent<T>;
  size: { width: number; height: number };
  tallest: number;
  label: string;
  className?: string;
  selected?: string;
  onSelect: (id: string) => void;
  onEnter?: (id: string) => void;
}) {
  const { nodes, size, selected, content: Content, onEnter } = props;
  const shape = nodes.map(n => `${n.id}<${n.dependsOn}`).join(';');
  const { layout, plain } = useMemo(() => {
    const reduced = withoutImplied(nodes);
    return { layout: placeNodes(reduced, size), plain: reduced };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- places depend on names and edges only, not on state
  }, [shape]);
  const byId = new Map(nodes.map(n => [n.id, n]));
  const boxes: Box<T>[] = layout.placed.map(({ id, x, y }) => ({
    id,
    type: 'box',
    position: { x, y },
    ...size,
    data: {
      value: byId.get(id)!.value,
      selected: id === selected,
      Content,
    },
  }));
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && selected && onEnter) {
      event.preventDefault();
      onEnter(selected);
    }
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    props.onSelect(walk(plain, selected ?? '', event.key));
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes its keys itself
    <div
      className={`ml-graph ${props.className ?? ''}`}
      dir="ltr"
      role="application"
      aria-label={props.label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the graph takes arrow keys
      tabIndex={0}
      onKeyDown={onKey}
      style={{
        blockSize: Math.min(
          props.tallest,
          Math.max(120, layout.height + 2 * AIR),
        ),
      }}
    >
      <ReactFlow
        key={shape}
        nodes={boxes}
        edges={edgesOf(nodes, plain, selected)}
        nodeTypes={NODE_TYPES}
        onNodeClick={(_, { id }) => props.onSelect(id)}
        onNodeDoubleClick={(_, { id }) => onEnter?.(id)}
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

function edgesOf<T>(
  nodes: FlowNode<T>[],
  plain: FlowNode<T>[],
  selected?: string,
): Edge[] {
  const drawn = new Map(plain.map(n => [n.id, new Set(n.dependsOn)]));
  const known = new Set(nodes.map(n => n.id));
  return nodes.flatMap(node =>
    node.dependsOn
      .filter(from => known.has(from))
      .flatMap(from => {
        const on = from === selected || node.id === selected;
        const implied = !drawn.get(node.id)?.has(from);
        if (implied && !on) return [];
        const colour = on ? 'var(--ml-c1)' : 'var(--ml-border-input)';
        return [
          {
            id: `${from}>${node.id}`,
            source: from,
            target: node.id,
            className: node.faint || implied ? 'skipped' : undefined,
            style: { stroke: colour, strokeWidth: on ? 1.75 : 1 },
            markerEnd: { type: MarkerType.Arrow, color: colour },
          },
        ];
      }),
  );
}

function NodeBox<T extends object>({ data }: NodeProps<Box<T>>) {
  const { Content, value, selected } = data;
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Content value={value} selected={selected} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}
