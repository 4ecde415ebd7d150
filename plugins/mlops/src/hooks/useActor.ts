import { useCallback } from 'react';
import { actorParts } from '@mlops-portal/plugin-mlops-common';
import { useText } from './useText';

/** Name of who acted, for people: `user:default/ann` -> ann, `policy` -> Policy, `service:jobs` -> CI job. The part `Actor` shows it. */
export function useActor() {
  const { t, say } = useText();
  return useCallback(
    (actor: string) => {
      const { kind, name } = actorParts(actor);
      const known =
        kind === 'plugin' ? say(`plugin.${name}`, {}, '') : undefined;
      return known || t(`actor.${kind}`, { name });
    },
    [t, say],
  );
}
