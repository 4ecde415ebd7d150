import { KeyboardEvent, useRef } from 'react';
import { Select } from '@backstage/ui';
import {
  EndpointDetail,
  MonitoringView,
} from '@mlops-portal/plugin-mlops-common';
import { EmptyState, LoadState, Segmented, StateShape } from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { paths } from '../routes';
import { AlertsCard } from './AlertsCard';
import { DecisionsCard } from './DecisionsCard';
import { FeaturePanel } from './FeaturePanel';
import { Figures } from './Figures';
import { HeatMap } from './HeatMap';
import { Headline } from './Headline';
import { QualityCard } from './QualityCard';
import { RankedTable } from './RankedTable';
import { newestOf, ranked } from './heat';
import { useFocusBack } from './useFocusBack';
import { useMedia } from './useMedia';
import { Monitoring } from './useMonitoring';
import { Selection, useSelection } from './useSelection';
import '../serving/serving.css';
import './monitoring.css';
import './panel.css';

const BESIDE = '(max-width: 1199px)';
const MOST_ALERTS = 8;
/** Choice of the version select: each window by the version that answered it. */
const AS_SERVED = 'as-served';

interface ContentProps {
  name: string;
  monitoring: Monitoring;
  endpoint?: EndpointDetail;
}

/** The answer, its figures, where it drifts, quality, alerts and what was decided. */
export function MonitoringContent(props: ContentProps) {
  const { t } = useText();
  const { name, monitoring } = props;
  return (
    <LoadState
      of={monitoring.hub}
      what={t('monitoring.what', { name })}
      rows={10}
    >
      {view => <Body {...props} view={view} />}
    </LoadState>
  );
}

function Body(props: ContentProps & { view: MonitoringView }) {
  const { t } = useText();
  const { name, view, monitoring, endpoint } = props;
  const narrow = useMedia(BESIDE);
  const features = ranked(view.features);
  const worst = features[0]?.health === 'drift' ? features[0] : undefined;
  const [wanted, choose] = useSelection(narrow ? undefined : worst?.feature);
  const chosen = features.findIndex(f => f.feature === wanted.feature);
  const selection = {
    ...wanted,
    window: view.windows.includes(wanted.window ?? '')
      ? wanted.window
      : features[chosen] && newestOf(features[chosen])?.window,
  };
  const box = useRef<HTMLDivElement>(null);
  const opened = useFocusBack(box, chosen >= 0, '[data-cell][tabindex="0"]');
  const select = (next: Selection) => {
    if (next.feature) opened();
    choose(next);
  };
  const alerts = useHub(
    (client, signal) =>
      client.listAlerts({ endpoint: name, limit: MOST_ALERTS }, { signal }),
    ['alerts', name],
    { asOf: view.evaluatedAt },
  );
  const retraining = useHub(
    (client, signal) => client.getRetraining({ problem: name }, { signal }),
    ['retraining', name],
    { asOf: view.evaluatedAt },
  );
  const refresh = () => {
    monitoring.hub.refresh();
    alerts.refresh();
    retraining.refresh();
  };
  const step = (by: 1 | -1) => {
    if (!features.length) return;
    const at = chosen < 0 ? 0 : chosen + by;
    const next = features[(at + features.length) % features.length];
    select({ feature: next.feature, window: wanted.window });
  };
  const onKey = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).closest('input, textarea, [role=dialog]'))
      return;
    if (event.key === '[') step(-1);
    else if (event.key === ']') step(1);
    else if (event.key === 'Escape' && chosen >= 0) select({});
  };
  const panel = chosen >= 0 && (
    <FeaturePanel
      view={view}
      feature={features[chosen]}
      rank={chosen}
      window={selection.window}
      consumers={endpoint?.consumers ?? []}
      alert={alerts.value?.items.find(
        // Firing ones come first.
        ({ subject }) => subject === features[chosen].feature,
      )}
      onChanged={refresh}
      whole={narrow}
      onStep={step}
      onClose={() => select({})}
    />
  );
  const parts = { view, features, selection, onSelect: select };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the whole page; every act has its own control
    <div className="ml-monitoring" ref={box} onKeyDown={onKey}>
      {narrow && panel ? (
        panel
      ) : (
        <>
          <Filters view={view} monitoring={monitoring} />
          <Headline view={view} onChanged={refresh} />
          {wanted.feature && chosen < 0 && (
            <div className="ml-notice" role="status">
              <StateShape state="unknown" />
              <div>
                {t('monitoring.noFeature', { feature: wanted.feature })}
              </div>
            </div>
          )}
          <Figures view={view} endpoint={endpoint} />
          <div className={panel ? 'ml-beside' : 'ml-col ml-gap-16'}>
            <div className="ml-col ml-gap-16">
              {view.windows.length ? (
                <HeatMap {...parts} />
              ) : (
                <NothingYet view={view} />
              )}
              {features.length > 0 && <RankedTable {...parts} />}
              <QualityCard view={view} />
            </div>
            {panel}
          </div>
          <div className="ml-two">
            <AlertsCard of={alerts} onChanged={refresh} />
            <DecisionsCard of={retraining} />
          </div>
        </>
      )}
    </div>
  );
}

function NothingYet(props: { view: MonitoringView }) {
  const { t } = useText();
  const format = useFormat();
  const { view } = props;
  return (
    <div className="ml-card">
      <EmptyState
        title={t('monitoring.emptyTitle')}
        action={{
          title: t('monitoring.openEndpoint'),
          href: paths.endpoint(view.endpoint),
        }}
      >
        {view.headline.key === 'no-reference'
          ? t('monitoring.noReferenceText')
          : t('monitoring.emptyText', {
              size: t(`monitoring.${view.cell}`),
              minRows: format.count(view.minRows),
            })}
      </EmptyState>
    </div>
  );
}

function Filters(props: { view: MonitoringView; monitoring: Monitoring }) {
  const { t } = useText();
  const format = useFormat();
  const { view, monitoring } = props;
  const several = view.periods.some(
    ({ version }) => version !== null && version !== view.version,
  );
  return (
    <div className="ml-tools">
      {view.versions.length > 0 && (
        <Select
          aria-label={t('monitoring.version')}
          size="small"
          options={[
            { id: AS_SERVED, label: t('monitoring.asServed') },
            ...view.versions.map(v => ({
              id: String(v),
              label: t('common.filterOne', {
                label: t('monitoring.version'),
                value: `v${v}`,
              }),
            })),
          ]}
          value={view.asServed ? AS_SERVED : String(view.version)}
          onChange={id =>
            monitoring.setVersion(id === AS_SERVED ? '' : String(id))
          }
        />
      )}
      <Segmented
        label={t('monitoring.cell')}
        value={view.cell}
        onChange={monitoring.setCell}
        options={[
          { id: 'day', title: t('monitoring.cell.day') },
          { id: 'week', title: t('monitoring.cell.week') },
        ]}
      />
      {view.reference && (
        <span className="ml-s12 ml-2">
          {view.asServed && several
            ? t('monitoring.references')
            : t('monitoring.reference', {
                version: view.reference.version,
                window: format.window(view.reference.from, view.reference.to),
                n: format.count(view.reference.rows),
              })}
        </span>
      )}
    </div>
  );
}
