import { useEffect, useRef } from 'react';
import {
  RiArrowDownSLine,
  RiArrowLeftLine,
  RiArrowUpSLine,
  RiCloseLine,
} from '@remixicon/react';
import { Button, ButtonIcon } from '@backstage/ui';
import { Link } from 'react-router-dom';
import {
  Alert,
  FeatureDetail,
  FeatureScores,
  MonitoringView,
} from '@mlops-portal/plugin-mlops-common';
import { EntityLink } from '../catalog/EntityLink';
import { Facts, LoadState, Moment, State } from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { paths } from '../routes';
import { AlertActs } from './AlertActs';
import { Distribution } from './Distribution';
import { RetrainButton } from './RetrainButton';
import { Trend } from './Trend';
import { useAlertEvidence } from './useAlertTitle';

/** One feature in one window: distribution, trend, who is reached. Beside the content, or a page of its own where that is narrow. */
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
            <Scores detail={detail} />
            <Distribution cells={detail.cells} window={detail.window} />
            <Trend detail={detail} />
            <Reached {...props} />
            <Acts {...props} />
          </>
        )}
      </LoadState>
    </aside>
  );
}

function Scores(props: { detail: FeatureDetail }) {
  const { t } = useText();
  const format = useFormat();
  const { detail } = props;
  const { score } = detail;
  const none = t('common.none');
  const over = !score.open && (score.score ?? 0) > detail.limit;
  const figures: Array<[string, string]> = [
    ['PSI', score.score === null ? none : format.score(score.score)],
    [
      t('panel.floor'),
      score.noiseFloor === null ? none : format.metric(score.noiseFloor),
    ],
    [t('panel.limit'), format.score(detail.limit)],
    [
      t('panel.n', { window: format.tick(detail.window) }),
      format.count(score.n),
    ],
    [t('panel.nReference'), format.count(detail.referenceRows)],
  ];
  const { under, over: above } = score;
  return (
    <div className="ml-drawer-part">
      <p className="ml-s12 ml-2">
        {t('panel.against', {
          version: String(detail.version),
          window: format.window(detail.reference.from, detail.reference.to),
        })}
        {score.open && ` · ${t('heat.open')}`}
      </p>
      <dl className="ml-scores">
        {figures.map(([name, value], i) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={i === 0 && over ? 'ml-warn' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      <Facts
        items={[
          [t('panel.importance'), format.score(detail.importance)],
          score.missing === null
            ? undefined
            : [t('panel.missing'), format.percent(score.missing, 1)],
          typeof under === 'number' && typeof above === 'number'
            ? [
                t('panel.outside'),
                t('panel.outsideValue', {
                  under: format.percent(under, 1),
                  over: format.percent(above, 1),
                }),
              ]
            : undefined,
        ]}
      />
    </div>
  );
}

function Reached(props: {
  view: MonitoringView;
  feature: FeatureScores;
  rank: number;
  consumers: string[];
}) {
  const { t } = useText();
  const format = useFormat();
  const { view, feature, consumers } = props;
  const n = view.features.filter(f => f.role === 'feature').length;
  return (
    <div className="ml-drawer-part">
      <h3>{t('panel.reached')}</h3>
      <ul className="ml-col">
        {view.version !== null && (
          <li className="ml-row wrap">
            <Link
              className="ml-link"
              to={paths.version(view.endpoint, view.version)}
            >
              {t('panel.reachedModel', {
                model: view.endpoint,
                version: view.version,
              })}
            </Link>
            {feature.role === 'feature' && (
              <span className="ml-push ml-s12 ml-2">
                {t('panel.reachedImportance', {
                  importance: format.score(feature.importance),
                  rank: props.rank + 1,
                  n,
                })}
              </span>
            )}
          </li>
        )}
        {consumers.map(consumer => (
          <li key={consumer}>
            <EntityLink of={consumer} />
          </li>
        ))}
        {!consumers.length && (
          <li className="ml-s12 ml-3">{t('panel.noConsumers')}</li>
        )}
      </ul>
    </div>
  );
}

/** The alert on the feature with its evidence, and what can be done about it. */
function Acts(props: {
  view: MonitoringView;
  alert?: Alert;
  onChanged: () => void;
}) {
  const { t } = useText();
  const { view, alert, onChanged } = props;
  const evidence = useAlertEvidence();
  return (
    <div className="ml-drawer-part">
      <h3>{t('panel.acts')}</h3>
      <p className="ml-s12 ml-2">
        {alert ? (
          <>
            <Link className="ml-link" to={paths.alert(alert.id)}>
              {evidence(alert)}
            </Link>
            , <Moment at={alert.firedAt} />
            {alert.state === 'resolved' && `, ${t('panel.resolved')}`}
          </>
        ) : (
          t('panel.noAlert')
        )}
      </p>
      <div className="ml-row wrap">
        <RetrainButton problem={view.endpoint} onDone={onChanged} />
        {alert?.state === 'firing' && (
          <AlertActs alert={alert} onChanged={onChanged} />
        )}
      </div>
    </div>
  );
}
