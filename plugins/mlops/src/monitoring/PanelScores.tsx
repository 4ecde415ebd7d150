import { FeatureDetail } from '@mlops-portal/plugin-mlops-common';
import { Facts } from '../components';
import { useFormat, useText } from '../hooks';

/** Score of the feature in the window, beside what it is judged by and how much it can say. */
export function PanelScores(props: { detail: FeatureDetail }) {
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
