import { Link } from 'react-router-dom';
import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';

/** Path of the catalog's page of an entity; undefined for what is no entity ref. */
export function entityPath(ref: string): string | undefined {
  try {
    const { kind, namespace, name } = parseEntityRef(ref, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
    return `/catalog/${namespace}/${kind}/${name}`.toLocaleLowerCase('en-US');
  } catch {
    return undefined;
  }
}

/** An entity by the name that the catalog shows for it, linked to its page; its exact reference on hover. */
export function EntityLink(props: { of: string }) {
  const to = entityPath(props.of);
  return to ? <Known of={props.of} to={to} /> : <bdi>{props.of}</bdi>;
}

function Known(props: { of: string; to: string }) {
  const title = useTitle(props.of);
  return (
    <Link className="ml-link" to={props.to} title={props.of}>
      <bdi>{title}</bdi>
    </Link>
  );
}

/** Title as the catalog shows it, without the kind before it. */
function useTitle(ref: string): string {
  const kind = ref.includes(':') ? ref.slice(0, ref.indexOf(':')) : 'group';
  return useEntityPresentation(ref, { defaultKind: kind }).primaryTitle;
}
