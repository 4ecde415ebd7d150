import { FeatureDetail, Score } from '@mlops-portal/plugin-mlops-common';
import { LegendItem, PlainTable, Segmented } from '../components';
import { TimeChart } from '../components/TimeChart';
import { useFormat, useQueryState, useText } from '../hooks';

const HEIGHT = 170;

/** Score by window with the limit as a dashed line and the noise floor as a band; over the limit the mark is a triangle. */
export function Trend(props: { detail: FeatureDetail }) {
  const { t } = useText();
  const format = useFormat();
  const { trend, feature, limit } = props.detail;
  const [view, setView] = useQueryState('trend', 'plot');
  if (!trend.some(s => s.score !== null)) return null;
  return (
    <div className="ml-drawer-part">
      <div className="ml-row">
        <h3>{t('panel.trend')}</h3>
        <span className="ml-push">
          <Segmented
            label={t('common.viewAs')}
            value={view}
            onChange={setView}
            options={[
              { id: 'plot', title: t('common.plot') },
              { id: 'table', title: t('common.table') },
            ]}
          />
        </span>
      </div>
      {view === 'table' ? (
        <PlainTable
          label={t('rank.trendOf', { feature })}
          columns={[
            t('panel.windowColumn'),
            'PSI',
            t('panel.floor'),
            'n',
            t('panel.missing'),
          ]}
          rows={trend.map(s => [
            format.dayMonth(s.window),
            s.score === null ? t('common.none') : format.score(s.score),
            s.noiseFloor === null
              ? t('common.none')
              : format.metric(s.noiseFloor),
            format.count(s.n),
            s.missing === null
              ? t('common.none')
              : format.percent(s.missing, 1),
          ])}
        />
      ) : (
        <div className="ml-plot">
          <TimeChart
            label={t('panel.trendFor', {
              from: format.dayMonth(trend[0].window),
              to: format.dayMonth(trend[trend.length - 1].window),
            })}
            points={trend.map(s => ({
              window: s.window,
              value: s.score,
              open: s.open,
              over: (s.score ?? 0) > limit,
              band: [0, s.noiseFloor ?? 0],
            }))}
            line={{
              value: limit,
              label: t('panel.limitLine', { limit: format.score(limit) }),
            }}
            marks={changesOf(trend)}
            band="floor"
            covers={[0, limit * 1.2]}
            write={format.score}
            hint={at => <Hint score={trend[at]} />}
            height={HEIGHT}
            axis={36}
            end={12}
          />
          <div className="ml-legend">
            <LegendItem kind="area" colour="var(--ml-ref)">
              {t('panel.floorBand')}
            </LegendItem>
          </div>
        </div>
      )}
    </div>
  );
}

function Hint(props: { score: Score }) {
  const { t } = useText();
  const format = useFormat();
  const { score } = props;
  return (
    <>
      <div>PSI {format.score(score.score ?? 0)}</div>
      <div className="ml-3">
        {t('panel.floorBand')}{' '}
        {score.noiseFloor === null
          ? t('common.none')
          : format.metric(score.noiseFloor)}
        , {t('common.n', { n: format.count(score.n) })}
      </div>
      {score.open && <div className="ml-3">{t('heat.open')}</div>}
    </>
  );
}

/** From here on the scores are held against the reference of another version. */
function changesOf(trend: Score[]): Array<{ window: string; label: string }> {
  return trend.flatMap(({ window, version }, at) => {
    const before = trend[at - 1]?.version;
    return version !== undefined && before !== undefined && before !== version
      ? [{ window, label: `v${version}` }]
      : [];
  });
}
