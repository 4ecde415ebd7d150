import {
  FeatureScores,
  MonitoringView,
} from '@mlops-portal/plugin-mlops-common';
import { Card, CsvButton, Sparkline, State } from '../components';
import { useFormat, useText } from '../hooks';
import { newestOf } from './heat';
import { Selection } from './useSelection';

/** Name that a model without named outputs gives its prediction. */
const PREDICTION = 'prediction';

const CSV_COLUMNS = [
  'feature',
  'state',
  'psi',
  'noise_floor',
  'n',
  'importance',
  'impact',
];

/** Features by impact with score, floor and trend; a row opens the panel. */
export function RankedTable(props: {
  view: MonitoringView;
  features: FeatureScores[];
  selection: Selection;
  onSelect: (next: Selection) => void;
}) {
  const { t } = useText();
  const format = useFormat();
  const { view } = props;
  return (
    <Card
      title={t('rank.title')}
      sub={t('rank.sub', { size: t(`monitoring.${view.cell}`) })}
      acts={
        <CsvButton
          name={`${view.endpoint}-drift`}
          rows={() => [
            CSV_COLUMNS,
            ...props.features.map(feature => csvRow(feature)),
          ]}
        />
      }
      flush
    >
      <div className="ml-scroll">
        <table className="ml-table stack ml-rank">
          <thead>
            <tr>
              <th scope="col">{t('rank.feature')}</th>
              <th scope="col">{t('rank.state')}</th>
              <th scope="col" className="n">
                {t('rank.score')}
              </th>
              <th scope="col" className="ml-hide-beside">
                {t('rank.mark', { limit: format.score(view.limit) })}
              </th>
              <th scope="col" className="n">
                {t('rank.floor')}
              </th>
              <th scope="col" className="n">
                {t('rank.importance')}
              </th>
              <th scope="col" className="n">
                {t('rank.impact')}
              </th>
              <th scope="col">{t('rank.trend')}</th>
            </tr>
          </thead>
          <tbody>
            {props.features.map(feature => (
              <Row key={feature.feature} {...props} feature={feature} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function csvRow(feature: FeatureScores) {
  const newest = newestOf(feature);
  return [
    feature.feature,
    feature.health,
    newest?.score,
    newest?.noiseFloor,
    newest?.n,
    feature.importance,
    feature.impact,
  ];
}

function Row(props: {
  view: MonitoringView;
  feature: FeatureScores;
  selection: Selection;
  onSelect: (next: Selection) => void;
}) {
  const { t } = useText();
  const format = useFormat();
  const { feature, view } = props;
  const score = newestOf(feature);
  const on = props.selection.feature === feature.feature;
  const number = (value: number | null | undefined) =>
    value === null || value === undefined
      ? t('common.none')
      : format.metric(value);
  const warn = feature.health === 'drift';
  return (
    <tr className={on ? 'on' : undefined}>
      <th scope="row">
        <button
          type="button"
          className="ml-plain"
          aria-pressed={on}
          onClick={() => props.onSelect({ feature: feature.feature })}
        >
          <code>{feature.feature}</code>
        </button>{' '}
        {feature.role === 'prediction' && feature.feature !== PREDICTION && (
          <span className="ml-tag">{t('heat.prediction')}</span>
        )}
      </th>
      <td>
        <State state={feature.health}>
          {feature.health === 'above-noise' ? t('rank.aboveNoise') : undefined}
        </State>
      </td>
      <td className="n" data-label="PSI">
        <b>
          {score?.score === null || !score
            ? t('common.none')
            : format.metric(score.score)}
        </b>
      </td>
      <td className="ml-hide-small ml-hide-beside">
        <ScoreBar value={score?.score ?? null} limit={view.limit} warn={warn} />
      </td>
      <td className="n" data-label={t('rank.floor')}>
        {number(score?.noiseFloor)}
      </td>
      <td className="n" data-label={t('rank.importance')}>
        {format.metric(feature.importance)}
      </td>
      <td className="n" data-label={t('rank.impact')}>
        <b>{number(feature.impact)}</b>
      </td>
      <td>
        <Sparkline
          points={feature.scores.map(s => s.score)}
          covers={[0, view.limit]}
          label={t('rank.trendOf', { feature: feature.feature })}
          tone={warn ? 'warn' : 'plain'}
        />
      </td>
    </tr>
  );
}

/** Score as a bar up to twice the limit, with the limit as mark. */
export function ScoreBar(props: {
  value: number | null;
  limit: number;
  warn: boolean;
}) {
  const share = Math.min(1, (props.value ?? 0) / (2 * props.limit));
  return (
    <span className="ml-score" aria-hidden="true">
      <i
        className={props.warn ? 'warn' : undefined}
        style={{ inlineSize: `${share * 100}%` }}
      />
    </span>
  );
}
