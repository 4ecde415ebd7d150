import { useEffect, useState } from 'react';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';

const MAX_GROUPS = 500;

/** Who can own a problem: the reader's groups first, then the reader, then every other group. */
export function useOwners(): string[] {
  const identity = useApi(identityApiRef);
  const catalog = useApi(catalogApiRef);
  const [owners, setOwners] = useState<string[]>([]);
  useEffect(() => {
    let left = false;
    const mine = identity
      .getBackstageIdentity()
      .then(({ ownershipEntityRefs, userEntityRef }) => [
        ...ownershipEntityRefs.filter(ref => ref.startsWith('group:')),
        userEntityRef,
      ]);
    // Without the catalog one can still own it oneself.
    const groups = catalog
      .getEntities({
        filter: { kind: 'Group' },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: MAX_GROUPS,
      })
      .then(({ items }) => items.map(e => stringifyEntityRef(e)))
      .catch(() => []);
    Promise.all([mine.catch(() => []), groups]).then(([own, all]) => {
      if (!left) setOwners([...new Set([...own, ...all.sort()])]);
    });
    return () => {
      left = true;
    };
  }, [identity, catalog]);
  return owners;
}
