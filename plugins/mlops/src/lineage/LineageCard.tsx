import { ReactNode } from 'react';
import { RiDownloadLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { Card, EmptyState, LegendItem, Segmented } from '../components';
import { download } from '../components/download';
import { useFormat, useQueryState, useText } from '../hooks';
import { LineageGraph, LineageViewProps } from './LineageGraph';
import { LineageList } from './LineageList';
import { NodePanel } from './NodePanel';
import '../monitoring/monitoring.css';
import './lineage.css';

const NARROW = '(max-width: 700px)';

/** Graph or list, and the chosen node beside it; view and choice are in the URL. */
export function LineageCard(props: {
  lineage: Lineage;
  onStart: (id: string) => void;
  onExpand: (...ids: string[]) => void;
  acts?: ReactNode;
}) {
  const { t } = useText();
  const format = useFormat();
  const { lineage } = props;
  const narrow = window.matchMedia?.(NARROW).matches ?? false;
  const [view, setView] = useQueryState('view', narrow ? 'list' : 'graph');
  const [chosen, select] = useQueryState('at', lineage.focus);
  const selected = lineage.nodes.some(n => n.id === chosen)
    ? chosen
    : lineage.focus;
  const parts = {
    lineage,
    selected,
    onSelect: select,
    onExpand: props.onExpand,
  };
  return (
    <div className="ml-wide start ml-lineage-parts">
      <Card
        title={t('lineage.graph')}
        sub={t('lineage.graphSub')}
        acts={
          <>
            {lineage.cut.length > 0 && (
              <Button
                size="small"
                variant="tertiary"
                onPress={() => props.onExpand(...lineage.cut)}
              >
                {t('lineage.expandAll')}
              </Button>
            )}
            <Button
              size="small"
              variant="tertiary"
              iconStart={<RiDownloadLine size={16} />}
              onPress={() =>
                download(
                  `lineage-${lineage.focus.replace(/[^\w.-]+/g, '-')}.json`,
                  'application/json',
                  JSON.stringify(lineage, null, 2),
                )
              }
            >
              {t('lineage.export')}
            </Button>
            <Segmented
              label={t('lineage.view')}
              value={view}
              onChange={setView}
              options={[
                { id: 'graph', title: t('lineage.viewGraph') },
                { id: 'list', title: t('lineage.viewList') },
              ]}
            />
          </>
        }
        foot={
          <>
            <span className="ml-legend ml-legend-foot">
              <LegendItem kind="line" colour="var(--ml-c1)">
                {t('lineage.legendPath')}
              </LegendItem>
              <LegendItem kind="line" colour="var(--ml-border-input)">
                {t('lineage.legendOther')}
              </LegendItem>
              <LegendItem kind="hatch">
                {t('lineage.hidden')}: {t('lineage.hiddenWhy')}
              </LegendItem>
            </span>
            <span className="ml-push">
              {t('lineage.nodes', {
                n: format.count(lineage.nodes.length),
                cut: format.count(lineage.cut.length),
              })}
            </span>
          </>
        }
        flush
      >
        <View {...parts} view={view} />
      </Card>
      <NodePanel {...parts} onStart={props.onStart} />
    </div>
  );
}

function View(props: LineageViewProps & { view: string }) {
  const { t } = useText();
  if (!props.lineage.edges.length)
    return (
      <EmptyState title={t('lineage.noEdgesTitle')}>
        {t('lineage.noEdgesText')}
      </EmptyState>
    );
  return props.view === 'list' ? (
    <LineageList {...props} />
  ) : (
    <LineageGraph {...props} />
  );
}
