import { useEffect, useRef } from 'react';
import {
  RiArrowDownSLine,
  RiArrowLeftLine,
  RiArrowUpSLine,
  RiCloseLine,
} from '@remixicon/react';
import { Button, ButtonIcon } from '@backstage/ui';
import {
  Alert,
  FeatureScores,
  MonitoringView,
} from '@mlops-portal/plugin-mlops-common';
import { LoadState, State } from '../components';
import { useHub, useText } from '../hooks';
import { Distribution } from './Distribution';
import { PanelActs, PanelReach } from './PanelReach';
import { PanelScores } from './PanelScores';
import { SegmentsPart } from './segments/SegmentsPart';
import { Trend } from './Trend';

/** One feature in one window: distribution, trend, quality by segment, who is reached. Beside the content, or a page of its own where that is narrow. */
export function FeaturePanel(props: {
  view: MonitoringView;
  /** The chosen feature, and its place by impact from 0. */
  feature: FeatureScores;
  rank: number;
  window?: string;
  consumers: string[];
  /** The alert on this feature: the one that fires, else the newest. */
  alert?: Alert;
  onChanged: () => void;
  /** True where the panel replaces the page. */
  whole: boolean;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
}) {
  const { t, stateWord } = useText();
  const { view, feature } = props;
  const hub = useHub(
    (client, signal) =>
      client.getFeature(
        {
          endpoint: view.endpoint,
          feature: feature.feature,
          version: view.asServed ? undefined : view.version ?? undefined,
          cell: view.cell,
          window: props.window,
        },
        { signal },
      ),
    [
      'feature',
      view.endpoint,
      feature.feature,
      view.asServed,
      view.version,
      view.cell,
      props.window,
    ],
    { asOf: view.evaluatedAt },
  );
  const box = useRef<HTMLElement>(null);
  // It took the place of what had the focus.
  useEffect(() => {
    if (props.whole) box.current?.focus();
  }, [props.whole]);
  const label = t('panel.label', { feature: feature.feature });
  return (
    <aside
      ref={box}
      tabIndex={-1}
      aria-label={label}
      className={`ml-card ml-drawer${props.whole ? ' whole' : ''}`}
    >
      <header className="ml-card-head">
        {props.whole && (
          <Button
            size="small"
            variant="tertiary"
            iconStart={<RiArrowLeftLine size={16} className="ml-mirror" />}
            onPress={props.onClose}
          >
            {t('panel.back')}
          </Button>
        )}
        <h2>
          <code>{feature.feature}</code>
        </h2>
        <span className="ml-push ml-row">
          <ButtonIcon
            size="small"
            variant="tertiary"
            aria-label={t('panel.previous')}
            icon={<RiArrowUpSLine size={16} />}
            onPress={() => props.onStep(-1)}
          />
          <ButtonIcon
            size="small"
            variant="tertiary"
            aria-label={t('panel.next')}
            icon={<RiArrowDownSLine size={16} />}
            onPress={() => props.onStep(1)}
          />
          {!props.whole && (
            <ButtonIcon
              size="small"
              variant="tertiary"
              aria-label={t('common.close')}
              icon={<RiCloseLine size={16} />}
              onPress={props.onClose}
            />
          )}
        </span>
        <span className="break" />
        <State state={feature.health} pill>
          {feature.over > 0
            ? t('panel.over', {
                state: stateWord(feature.health),
                over: feature.over,
              })
            : undefined}
        </State>
      </header>
      <LoadState of={hub} what={label} rows={8}>
        {detail => (
          <>
            <PanelScores detail={detail} />
            <Distribution cells={detail.cells} window={detail.window} />
            <Trend detail={detail} />
            <SegmentsPart
              view={view}
              feature={feature}
              window={detail.window}
            />
            <PanelReach {...props} />
            <PanelActs {...props} />
          </>
        )}
      </LoadState>
    </aside>
  );
}
