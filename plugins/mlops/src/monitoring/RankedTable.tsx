import { ReactNode } from 'react';
import {
  FeatureScores,
  MonitoringView,
} from '@mlops-portal/plugin-mlops-common';
import { Card, CsvButton, ScrollBox, Sparkline, State } from '../components';
import { ColumnChoice, useHiddenColumns } from '../components/ColumnChoice';
import { useFormat, useText } from '../hooks';
import { newestOf } from './heat';
import { Selection } from './useSelection';

/** Name that a model without named outputs gives its prediction. */
const PREDICTION = 'prediction';

const CSV_COLUMNS = [
  'feature',
  'state',
  'window',
  'version',
  'psi',
  'noise_floor',
  'n',
  'importance',
  'impact',
];

interface RankedProps {
  view: MonitoringView;
  features: FeatureScores[];
  selection: Selection;
  onSelect: (next: Selection) => void;
}

interface Column {
  id: string;
  title: string;
  /** On the cells; 'n' for figures. */
  className?: string;
  label?: string;
  cell: (feature: FeatureScores) => ReactNode;
}

/** Features by impact with score, floor and trend; a row opens the panel. */
export function RankedTable(props: RankedProps) {
  const { t } = useText();
  const { view, features, selection } = props;
  const columns = useColumns(props);
  const [hidden, setHidden] = useHiddenColumns('drift');
  const shown = columns.filter(
    ({ id }, at) => at === 0 || !hidden.includes(id),
  );
  return (
    <Card
      title={t('rank.title')}
      sub={t('rank.sub', { size: t(`monitoring.${view.cell}`) })}
      acts={
        <>
          <ColumnChoice
            columns={columns}
            hidden={hidden}
            onChange={setHidden}
          />
          <CsvButton
            name={`${view.endpoint}-drift`}
            rows={() => [CSV_COLUMNS, ...features.map(csvRow)]}
          />
        </>
      }
      flush
    >
      <ScrollBox>
        <table className="ml-table stack ml-rank">
          <thead>
            <tr>
              {shown.map(({ id, title, className }) => (
                <th key={id} scope="col" className={className}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {features.map(feature => (
              <tr
                key={feature.feature}
                className={
                  selection.feature === feature.feature ? 'on' : undefined
                }
              >
                {shown.map(({ id, className, label, cell }, at) =>
                  at === 0 ? (
                    <th key={id} scope="row">
                      {cell(feature)}
                    </th>
                  ) : (
                    <td key={id} className={className} data-label={label}>
                      {cell(feature)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Card>
  );
}

function csvRow(feature: FeatureScores) {
  const newest = newestOf(feature);
  return [
    feature.feature,
    feature.health,
    newest?.window,
    newest?.version,
    newest?.score,
    newest?.noiseFloor,
    newest?.n,
    feature.importance,
    feature.impact,
  ];
}

function useColumns(props: RankedProps): Column[] {
  const { t } = useText();
  const format = useFormat();
  const { view, selection, onSelect } = props;
  const number = (value: number | null | undefined) =>
    value === null || value === undefined
      ? t('common.none')
      : format.metric(value);
  return [
    {
      id: 'feature',
      title: t('rank.feature'),
      cell: feature => (
        <FeatureName
          feature={feature}
          on={selection.feature === feature.feature}
          onOpen={() => onSelect({ feature: feature.feature })}
        />
      ),
    },
    {
      id: 'state',
      title: t('rank.state'),
      className: 'ml-rank-state',
      cell: feature => <Verdict view={view} feature={feature} />,
    },
    {
      id: 'score',
      title: t('rank.score'),
      className: 'n',
      label: 'PSI',
      cell: feature => <b>{number(newestOf(feature)?.score)}</b>,
    },
    {
      id: 'mark',
      title: t('rank.mark', { limit: format.score(view.limit) }),
      className: 'ml-hide-small ml-hide-beside',
      cell: feature => (
        <ScoreBar
          value={newestOf(feature)?.score ?? null}
          limit={view.limit}
          warn={feature.health === 'drift'}
        />
      ),
    },
    {
      id: 'floor',
      title: t('rank.floor'),
      className: 'n',
      label: t('rank.floor'),
      cell: feature => number(newestOf(feature)?.noiseFloor),
    },
    {
      id: 'importance',
      title: t('rank.importance'),
      className: 'n',
      label: t('rank.importance'),
      cell: feature => format.metric(feature.importance),
    },
    {
      id: 'impact',
      title: t('rank.impact'),
      className: 'n',
      label: t('rank.impact'),
      cell: feature => <b>{number(feature.impact)}</b>,
    },
    {
      id: 'trend',
      title: t('rank.trend'),
      cell: feature => (
        <Sparkline
          // An open window would end the line with a score that nobody judges.
          points={feature.scores.map(s => (s.open ? null : s.score))}
          covers={[0, view.limit]}
          label={t('rank.trendOf', { feature: feature.feature })}
          tone={feature.health === 'drift' ? 'warn' : 'plain'}
        />
      ),
    },
  ];
}

function FeatureName(props: {
  feature: FeatureScores;
  on: boolean;
  onOpen: () => void;
}) {
  const { t } = useText();
  const { feature } = props;
  return (
    <>
      <button
        type="button"
        className="ml-plain"
        aria-pressed={props.on}
        onClick={props.onOpen}
      >
        <code>{feature.feature}</code>
      </button>{' '}
      {feature.role === 'prediction' && feature.feature !== PREDICTION && (
        <span className="ml-tag">{t('heat.prediction')}</span>
      )}
    </>
  );
}

/** Verdict of the newest judged window; where that was of another version than the one in production, whose it was and when. */
function Verdict(props: { view: MonitoringView; feature: FeatureScores }) {
  const { t } = useText();
  const format = useFormat();
  const { view, feature } = props;
  const { judged } = feature;
  return (
    <>
      <State state={feature.health}>
        {feature.health === 'above-noise' ? t('rank.aboveNoise') : undefined}
      </State>
      {judged && judged.version !== view.version && (
        <div className="ml-s12 ml-3">
          {t('rank.judgedBy', {
            version: String(judged.version),
            window: format.tick(judged.window),
          })}
        </div>
      )}
    </>
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
