import { useFormat, useText } from '../hooks';
import { Answer } from './tryIt';

/** The answer to one row: a bar for a probability, the number, or the class with the share of each class. */
export function AnswerBox(props: { answer: Answer & { ms: number } }) {
  const { t } = useText();
  const format = useFormat();
  const { answer } = props;
  const title =
    answer.kind === 'probability'
      ? t('try.probability', { label: answer.label ?? '' })
      : t(answer.kind === 'number' ? 'try.predicted' : 'try.class');
  const value =
    typeof answer.value === 'number'
      ? format.number(answer.value, { maximumSignificantDigits: 4 })
      : answer.value;
  const bars = barsOf(answer);
  return (
    <div className="ml-answer">
      <div className="ml-row">
        <span className="ml-2">{title}</span>
        <b className="ml-figure ml-push">
          <bdi>{value}</bdi>
        </b>
      </div>
      {bars.map(({ label, share }) => (
        <div key={label}>
          {answer.kind === 'class' && (
            <span className="ml-row ml-s12">
              <bdi>{label}</bdi>
              <span className="ml-push ml-num">{format.percent(share, 1)}</span>
            </span>
          )}
          <div
            className="ml-progress"
            role="img"
            aria-label={`${label}: ${format.percent(share, 1)}`}
          >
            <i style={{ inlineSize: `${share * 100}%` }} />
          </div>
        </div>
      ))}
      <span className="ml-s12 ml-3">
        {t('try.answeredBy', {
          version: answer.version,
          ms: format.number(answer.ms, { maximumFractionDigits: 0 }),
        })}
      </span>
    </div>
  );
}

const MOST_CLASSES = 5;

/** Shares worth a bar: the one asked for, or the likeliest classes. */
function barsOf({ kind, shares }: Answer): Answer['shares'] {
  if (kind === 'probability') return shares.slice(-1);
  if (kind === 'number') return [];
  return [...shares].sort((a, b) => b.share - a.share).slice(0, MOST_CLASSES);
}
