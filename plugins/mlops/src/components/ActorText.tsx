import { Fragment } from 'react';
import { Actor } from './Actor';

/** References to people, groups and services, and the policy where somebody acts "by" it. */
const ACTORS =
  /(\b(?:user|group):[\w.-]+\/[\w.-]+|\bservice:[\w:.-]*\w|\bby policy\b)/;

/** A text of the hub in which whoever acted is named by reference: the references become words. */
export function ActorText(props: { text: string }) {
  return (
    <>
      {props.text.split(ACTORS).map((part, i) => {
        if (i % 2 === 0) return <Fragment key={i}>{part}</Fragment>;
        return part === 'by policy' ? (
          <Fragment key={i}>
            by <Actor of="policy" />
          </Fragment>
        ) : (
          <Actor key={i} of={part} />
        );
      })}
    </>
  );
}
