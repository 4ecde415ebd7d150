import { Link } from 'react-router-dom';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { entityPath, wholeRef } from './entityRefs';

/** An entity by the name that the catalog shows for it, linked to its page; its exact reference on hover. */
export function EntityLink(props: { of: string }) {
  const whole = wholeRef(props.of);
  return whole ? <Known of={whole} /> : <bdi>{props.of}</bdi>;
}

function Known(props: { of: string }) {
  // Its own kind as the default one: the name stands without the kind before it.
  const defaultKind = props.of.slice(0, props.of.indexOf(':'));
  const { primaryTitle } = useEntityPresentation(props.of, { defaultKind });
  return (
    <Link className="ml-link" to={entityPath(props.of) ?? ''} title={props.of}>
      <bdi>{primaryTitle}</bdi>
    </Link>
  );
}
