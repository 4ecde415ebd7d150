import { useCallback } from 'react';
import { useText } from './useText';

/** Name of who acted, for people: `user:default/ann` -> ann, `policy` -> Policy. */
export function useActor() {
  const { say } = useText();
  return useCallback(
    (actor: string) =>
      say(
        `actor.${actor}`,
        {},
        actor.slice(actor.lastIndexOf('/') + 1).replace(/^[a-z]+:/, ''),
      ),
    [say],
  );
}
