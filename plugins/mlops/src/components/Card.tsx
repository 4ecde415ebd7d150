import { ReactNode, useId } from 'react';

/** A card with a head. `flush` leaves the padding to the content (tables, lists, plots). */
export function Card(props: {
  title: ReactNode;
  sub?: ReactNode;
  acts?: ReactNode;
  foot?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="ml-card" aria-labelledby={id}>
      <header className="ml-card-head">
        <h2 id={id}>{props.title}</h2>
        {props.sub && <span className="sub">{props.sub}</span>}
        {props.acts && (
          <span className="ml-push ml-row wrap">{props.acts}</span>
        )}
      </header>
      <div className={`ml-card-body${props.flush ? ' flush' : ''}`}>
        {props.children}
      </div>
      {props.foot && <footer className="ml-card-foot">{props.foot}</footer>}
    </section>
  );
}

/** Pairs of name and value in two columns. */
export function Facts(props: {
  items: Array<[string, ReactNode] | undefined>;
}) {
  return (
    <dl className="ml-facts">
      {props.items.map(
        item =>
          item && (
            <FactPair key={item[0]} name={item[0]}>
              {item[1]}
            </FactPair>
          ),
      )}
    </dl>
  );
}

function FactPair(props: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}
