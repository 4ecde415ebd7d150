import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** The whole reference of an owner that is written short, as files of entities may: `ml` -> `group:default/ml`; undefined for what is none. */
export function wholeRef(ref: string): string | undefined {
  try {
    return stringifyEntityRef(
      parseEntityRef(ref, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return undefined;
  }
}

/** Path of the catalog's page of an entity; undefined for what is no entity ref. */
export function entityPath(ref: string): string | undefined {
  const whole = wholeRef(ref);
  if (!whole) return undefined;
  const { kind, namespace, name } = parseEntityRef(whole);
  return `/catalog/${namespace}/${kind}/${name}`.toLocaleLowerCase('en-US');
}
