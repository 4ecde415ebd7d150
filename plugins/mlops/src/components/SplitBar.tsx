import { useFormat } from '../hooks';

export interface SplitPart {
  label: string;
  /** 0 to 100 */
  percent: number;
}

/** How traffic is split, first part in grey (production), the others in colour; `tall` writes the words into the bar. */
export function SplitBar(props: { parts: SplitPart[]; tall?: boolean }) {
  const format = useFormat();
  const words = props.parts.map(
    p => `${p.label} ${format.percent(p.percent / 100, 1)}`,
  );
  return (
    <div
      className={`ml-split${props.tall ? ' tall' : ''}`}
      role="img"
      aria-label={words.join(', ')}
    >
      {props.parts.map(
        (part, i) =>
          part.percent > 0 && (
            <span
              key={part.label}
              className={`p${Math.min(i, 2)}`}
              style={{ inlineSize: `${part.percent}%` }}
              title={words[i]}
            >
              {props.tall && part.percent >= 8 && <bdi>{words[i]}</bdi>}
            </span>
          ),
      )}
    </div>
  );
}
