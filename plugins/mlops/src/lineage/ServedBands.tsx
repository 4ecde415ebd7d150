import { KeyboardEvent } from 'react';
import { ServedSpan } from '@mlops-portal/plugin-mlops-common';
import { Actor } from '../components';
import { useFormat, useNow, useText } from '../hooks';
import { answeringAt, asOfOf, Timeline, timelineOf } from './bands';
import { momentOf } from './useLineage';

const MONTH_STEPS = 30;

/** Which version answered when, as bands under a slider: arrow keys go by one step, Page keys by thirty. */
export function ServedBands(props: {
  spans: ServedSpan[];
  asOf: string;
  onAsOf: (asOf: string) => void;
}) {
  const { t } = useText();
  const format = useFormat();
  const now = useNow(60_000);
  const { spans, asOf, onAsOf } = props;
  const timeline = timelineOf(spans, now);
  if (!timeline) return null;
  const at = asOf ? Date.parse(momentOf(asOf)!) : timeline.to;
  const value = Math.min(timeline.to, Math.max(timeline.from, at));
  const move = (ms: number) => onAsOf(asOfOf(timeline, ms));
  const onKey = (event: KeyboardEvent) => {
    const by = { PageUp: 1, PageDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = value + by * MONTH_STEPS * timeline.step;
    move(Math.min(timeline.to, Math.max(timeline.from, next)));
  };
  const words = format.moment(new Date(value).toISOString());
  return (
    <div className="ml-served">
      <Answered spans={answeringAt(spans, at)} at={words} />
      <div className="track" dir="ltr">
        <Bands timeline={timeline} at={at} />
        <input
          type="range"
          aria-label={t('lineage.slider')}
          aria-valuetext={words}
          min={timeline.from}
          max={timeline.to}
          step={timeline.step}
          value={value}
          onChange={event => move(Number(event.target.value))}
          onKeyDown={onKey}
        />
      </div>
      <div className="ends ml-s11 ml-3" dir="ltr">
        <span>{format.moment(new Date(timeline.from).toISOString())}</span>
        <span>{t('lineage.now')}</span>
      </div>
    </div>
  );
}

function Bands(props: { timeline: Timeline; at: number }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <>
      {props.timeline.bands.map(({ span, start, end, main }) => {
        const on =
          Date.parse(span.from) <= props.at &&
          (span.to === null || Date.parse(span.to) > props.at);
        const share =
          span.percent === undefined
            ? ''
            : ` ${format.percent(span.percent / 100)}`;
        return (
          <span
            key={`${span.revision}${span.from}${span.version}`}
            className={`band${main ? '' : ' canary'}${on ? ' on' : ''}`}
            style={{
              insetInlineStart: `${start * 100}%`,
              inlineSize: `${Math.max(0.2, (end - start) * 100)}%`,
            }}
            title={`v${span.version}${share}, ${format.moment(span.from)} – ${
              span.to ? format.moment(span.to) : t('lineage.now')
            }`}
          >
            {main && end - start > 0.06 && `v${span.version}`}
          </span>
        );
      })}
    </>
  );
}

/** The sentence: what answered at the moment, since when, by whom and why. */
function Answered(props: { spans: ServedSpan[]; at: string }) {
  const { t, say } = useText();
  const format = useFormat();
  const [first] = props.spans;
  if (!first)
    return (
      <p className="ml-2">{t('lineage.nothingAnswered', { at: props.at })}</p>
    );
  return (
    <p aria-live="polite">
      {props.spans.map((span, i) => (
        <span key={`${span.version}${span.from}`}>
          {i > 0 && ', '}
          <b>v{span.version}</b>
          {span.percent !== undefined &&
            ` ${format.percent(span.percent / 100)}`}
        </span>
      ))}{' '}
      <span className="ml-2">
        {t('lineage.answeredSince', { time: format.moment(first.from) })}
        {first.act && (
          <>
            {', '}
            {say(`lineage.act.${first.act}`, {}, first.act)}{' '}
            {first.actor && (
              <Actor of={first.actor} say={actor => t('runs.by', { actor })} />
            )}
          </>
        )}
        {first.reason && (
          <span title={first.reason}> “{cut(first.reason)}”</span>
        )}
      </span>
    </p>
  );
}

function cut(text: string): string {
  return text.length > 90 ? `${text.slice(0, 88)}…` : text;
}
