import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { Button } from '@backstage/ui';
import { useText } from '../hooks';
import { depths } from '../components/graph/walk';
import { LineageViewProps } from './LineageGraph';
import { neighboursOf, stepsOf } from './merge';

/** The same as the graph in a table, sources first; for screen readers and small screens. */
export function LineageList(props: LineageViewProps) {
  const { t, say } = useText();
  const { lineage } = props;
  const cut = new Set(lineage.cut);
  const depth = depths(stepsOf(lineage));
  const rows = [...lineage.nodes].sort(
    (a, b) => (depth.get(a.id) ?? 0) - (depth.get(b.id) ?? 0),
  );
  return (
    <div className="ml-scroll">
      <table className="ml-table stack" aria-label={t('lineage.viewList')}>
        <thead>
          <tr>
            <th scope="col">{t('lineage.name')}</th>
            <th scope="col">{t('lineage.kind')}</th>
            <th scope="col">{t('lineage.comesFrom')}</th>
            <th scope="col">{t('lineage.reaches')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(node => (
            <tr
              key={node.id}
              className={node.id === props.selected ? 'on' : undefined}
            >
              <th scope="row">
                <button
                  type="button"
                  className="ml-plain"
                  aria-pressed={node.id === props.selected}
                  onClick={() => props.onSelect(node.id)}
                >
                  <bdi>
                    {node.redacted
                      ? `${t('lineage.hidden')}: ${t('lineage.hiddenWhy')}`
                      : node.title}
                  </bdi>
                </button>{' '}
                {cut.has(node.id) && (
                  <Button
                    size="small"
                    variant="tertiary"
                    onPress={() => props.onExpand(node.id)}
                  >
                    {t('lineage.expand')}
                  </Button>
                )}
              </th>
              <td>{say(`lineage.kind.${node.kind}`, {}, node.kind)}</td>
              <Names lineage={lineage} id={node.id} of="from" />
              <Names lineage={lineage} id={node.id} of="reaches" />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Names(props: {
  lineage: Lineage;
  id: string;
  of: 'from' | 'reaches';
}) {
  const { t, say } = useText();
  const found = neighboursOf(props.lineage, props.id)[props.of];
  return (
    <td
      className="wide"
      data-label={t(
        props.of === 'from' ? 'lineage.comesFrom' : 'lineage.reaches',
      )}
    >
      <span>
        {found.length
          ? found.map(({ edge, node }, i) => (
              <span key={`${edge.kind}${node.id}`}>
                {i > 0 && ', '}
                <span className="ml-3">
                  {say(`lineage.edge.${edge.kind}`, {}, edge.kind)}
                </span>{' '}
                <bdi>{node.redacted ? t('lineage.hidden') : node.title}</bdi>
              </span>
            ))
          : t('common.none')}
      </span>
    </td>
  );
}
