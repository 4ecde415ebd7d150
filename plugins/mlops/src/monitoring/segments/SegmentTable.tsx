import { CSSProperties, useState } from 'react';
import { Button } from '@backstage/ui';
import {
  FeatureSegments,
  MIN_SEGMENT_LABELS,
  Segment,
} from '@mlops-portal/plugin-mlops-common';
import { useFormat, useText } from '../../hooks';
import { boundsInWords } from '../distributionCell';
import { placesOf, Scale } from './scaleOfSegments';
import './segments.css';

const FEW = 8;

/** Segments with their share of the traffic, their labels and their metric with its interval, as numbers and as a line over one scale. */
export function SegmentTable(props: { found: FeatureSegments }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const { found } = props;
  const { segments, labels } = found;
  const shown = all ? segments : segments.slice(0, FEW);
  const scale = placesOf(found);
  return (
    <>
      <table className="ml-segments">
        <thead>
          <tr>
            <th scope="col">{t('segments.segment')}</th>
            <th scope="col" className="n">
              {t('segments.share')}
            </th>
            <th scope="col" className="n">
              {t('segments.labels')}
            </th>
            {labels > 0 && (
              <th scope="col" className="n">
                {t('segments.value', {
                  metric: metricName(found.metric.name),
                })}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {shown.map(segment => (
            <tr key={`${segment.kind} ${segment.label}`}>
              <Name segment={segment} judged={labels > 0} />
              <td className="n">{format.percent(segment.share, 1)}</td>
              <td className="n">
                {format.count(segment.labels)}
                <small>
                  {segment.labels === segment.predictions
                    ? t('segments.covered')
                    : t('segments.coverage', {
                        coverage: format.percent(segment.coverage),
                        n: format.count(segment.predictions),
                      })}
                </small>
              </td>
              {labels > 0 && (
                <Value
                  segment={segment}
                  metric={found.metric.name}
                  scale={scale}
                />
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {segments.length > FEW && (
        <div>
          <Button size="small" variant="tertiary" onPress={() => setAll(!all)}>
            {t(all ? 'segments.showFewer' : 'segments.showAll', {
              n: format.count(all ? FEW : segments.length),
            })}
          </Button>
        </div>
      )}
    </>
  );
}

function Name(props: { segment: Segment; judged: boolean }) {
  const { t } = useText();
  const format = useFormat();
  const { segment, judged } = props;
  const name = useSegmentName()(segment);
  const { standing } = segment;
  const words = judged && standing !== 'like-others';
  return (
    <th scope="row">
      <bdi dir={segment.kind === 'cell' ? 'ltr' : 'auto'} title={name}>
        {name}
      </bdi>
      {segment.isNew && <small>{t('segments.new')}</small>}
      {words && (
        <small className={standing === 'worse' ? 'ml-warn' : undefined}>
          {standing === 'worse' && <span aria-hidden="true">▲ </span>}
          {t(`segments.${standing}`, { n: format.count(MIN_SEGMENT_LABELS) })}
        </small>
      )}
    </th>
  );
}

function useSegmentName() {
  const { t } = useText();
  return ({ kind, label }: Segment) => {
    if (kind === 'other' || kind === 'missing') return t(`segments.${kind}`);
    return kind === 'cell' ? boundsInWords(label, t('panel.to')) : label;
  };
}

function Value(props: {
  segment: Segment;
  metric: string;
  scale: Scale | undefined;
}) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { segment, scale } = props;
  const { value, low, high } = segment;
  if (value === null) return <td className="n ml-3">{t('common.none')}</td>;
  const isOther = segment.metric !== props.metric;
  return (
    <td className="n">
      <b className={segment.standing === 'worse' ? 'ml-warn' : undefined}>
        {format.metric(value)}
      </b>{' '}
      {low !== null && high !== null && (
        <span className="ml-2 interval">
          {t('segments.interval', {
            low: format.metric(low),
            high: format.metric(high),
          })}
        </span>
      )}
      {isOther && <small>{metricName(segment.metric)}</small>}
      {!isOther && scale && low !== null && high !== null && (
        <span
          className={`ml-interval ${segment.standing}`}
          aria-hidden="true"
          style={
            {
              '--low': scale.place(low),
              '--high': scale.place(high),
              '--value': scale.place(value),
              '--typical': scale.place(scale.typical),
            } as CSSProperties
          }
        >
          <i className="typical" />
          <i className="line" />
          <i className="dot" />
        </span>
      )}
    </td>
  );
}
