import { useMemo } from 'react';
import './lineage.css';
import { RiEyeOffLine, RiMoreLine } from '@remixicon/react';
import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { FlowGraph } from '../components/graph/FlowGraph';
import { ShortName } from '../components';
import { useText } from '../hooks';
import { KindIcon } from './KindIcon';
import { stepsOf } from './merge';
import { useFactLine } from './useFacts';

type LineageNode = Lineage['nodes'][number];

const SIZE = { width: 150, height: 68 };
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
  const { lineage } = props;
  const nodes = useMemo(() => {
    const cut = new Set(lineage.cut);
    const byId = new Map(lineage.nodes.map(n => [n.id, n]));
    return stepsOf(lineage).map(({ id, dependsOn }) => {
      const node = byId.get(id)!;
      const over = lineage.edges.filter(e => e.from === id);
      return {
        id,
        dependsOn,
        value: { node, cut: cut.has(id) },
        faint: node.redacted || (over.length > 0 && over.every(e => e.validTo)),
      };
    });
  }, [lineage]);
  return (
    <FlowGraph
      nodes={nodes}
      content={NodeBox}
      size={SIZE}
      tallest={TALLEST}
      className="ml-lineage"
      label={t('lineage.graphLabel')}
      selected={props.selected}
      onSelect={props.onSelect}
      onEnter={id => lineage.cut.includes(id) && props.onExpand(id)}
    />
  );
}

function NodeBox(props: {
  value: { node: LineageNode; cut: boolean };
  selected: boolean;
}) {
  const { t, say } = useText();
  const line = useFactLine();
  const { node, cut } = props.value;
  const classes = [
    'ml-node',
    node.redacted ? 'redacted' : '',
    node.focus ? 'focus' : '',
    props.selected ? 'on' : '',
    cut ? 'cut' : '',
  ];
  return (
    <div className={classes.join(' ')} title={node.id}>
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
      <b>
        {node.redacted ? (
          t('lineage.hiddenWhy')
        ) : (
          <ShortName>{node.title}</ShortName>
        )}
      </b>
      <span>{node.redacted ? '' : line(node)}</span>
    </div>
  );
}
