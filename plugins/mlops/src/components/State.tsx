import { ReactNode } from 'react';
import { useText } from '../hooks/useText';
import { Shape, shapeOf } from './states';

const HOLE = 'var(--bui-bg-neutral-1)';

const SHAPES: Record<Shape, JSX.Element> = {
  ok: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path
        d="M4.8 8.3l2.2 2.2 4.2-4.6"
        fill="none"
        stroke={HOLE}
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  run: (
    <g className="ml-spin">
      <circle
        cx="8"
        cy="8"
        r="6"
        fill="none"
        stroke="currentColor"
        strokeOpacity=".28"
        strokeWidth="2.4"
      />
      <path
        d="M8 2a6 6 0 0 1 5.6 8.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
    </g>
  ),
  wait: (
    <>
      <circle
        cx="8"
        cy="8"
        r="6.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      />
      <path
        d="M8 4.8V8l2.2 1.6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
    </>
  ),
  warn: (
    <>
      <path
        d="M8 1.2c.5 0 .9.3 1.2.7l5.9 10.5c.6 1-.1 2.3-1.2 2.3H2.1C1 14.7.3 13.4.9 12.4L6.8 1.9c.3-.4.7-.7 1.2-.7z"
        fill="currentColor"
      />
      <path
        d="M8 5.4v4"
        stroke={HOLE}
        strokeWidth="1.7"
        strokeLinecap="round"
      />
      <circle cx="8" cy="12" r="1" fill={HOLE} />
    </>
  ),
  bad: (
    <>
      <path
        d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z"
        fill="currentColor"
      />
      <path
        d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8"
        stroke={HOLE}
        strokeWidth="1.7"
        strokeLinecap="round"
      />
    </>
  ),
  stop: (
    <rect x="2.5" y="2.5" width="11" height="11" rx="1.5" fill="currentColor" />
  ),
  skip: (
    <>
      <circle
        cx="8"
        cy="8"
        r="6.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      />
      <path
        d="M5 8h6"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
    </>
  ),
  unknown: (
    <>
      <circle
        cx="8"
        cy="8"
        r="6.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray="2.6 2"
      />
      <path
        d="M6.3 6.5a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.9.6-.9 1.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
      />
      <circle cx="8" cy="11.4" r=".9" fill="currentColor" />
    </>
  ),
  none: (
    <path
      d="M2 2h12v12H2zM2 7l5-5M2 12L12 2M4.5 14L14 4.500M9.500 14L14 9.500"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.2"
      strokeLinejoin="round"
    />
  ),
  idle: (
    <circle
      cx="8"
      cy="8"
      r="6.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeDasharray="1 2.2"
    />
  ),
};

/** Only the shape, for places where the words beside it already say the state; `label` is read aloud and shown on hover. */
export function StateShape(props: {
  state: string;
  label?: string;
  size?: number;
}) {
  const { stateWord } = useText();
  const label = props.label ?? stateWord(props.state);
  const shape = shapeOf(props.state);
  return (
    <span
      className={`ml-state ${shape}`}
      role="img"
      aria-label={label}
      title={label}
    >
      <Drawing shape={shape} size={props.size ?? 14} />
    </span>
  );
}

/** A state as shape and word. `children` replaces the word by a more exact one ("Canary 10%"). */
export function State(props: {
  state: string;
  pill?: boolean;
  children?: ReactNode;
}) {
  const { stateWord } = useText();
  const shape = shapeOf(props.state);
  return (
    <span
      className={`ml-state ${shape}${props.pill ? ' pill' : ''}`}
      data-state={props.state}
    >
      <Drawing shape={shape} size={14} />
      <span>{props.children ?? stateWord(props.state)}</span>
    </span>
  );
}

function Drawing(props: { shape: Shape; size: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      style={{ inlineSize: props.size, blockSize: props.size }}
    >
      {SHAPES[props.shape]}
    </svg>
  );
}
