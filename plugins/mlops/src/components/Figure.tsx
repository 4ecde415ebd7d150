import { ReactNode } from 'react';

/** A key figure: label, number with unit, and a grey line with sample size, window or age. Use inside `FigureStrip`. */
export function Figure(props: {
  label: ReactNode;
  value: ReactNode;
  unit?: string;
  note?: ReactNode;
}) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd className="ml-figure">
        {props.value}
        {props.unit && <small> {props.unit}</small>}
      </dd>
      {props.note && <dd className="ml-figure-note">{props.note}</dd>}
    </div>
  );
}

/** A row of figures in one card. */
export function FigureStrip(props: { children: ReactNode; label: string }) {
  return (
    <section className="ml-card" aria-label={props.label}>
      <dl className="ml-strip">{props.children}</dl>
    </section>
  );
}
