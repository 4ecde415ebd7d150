import { actorParts } from '@mlops-portal/plugin-mlops-common';
import { useActor, useText } from '../hooks';

/**
 * Who acted, in words ("ann", "CI job", "Policy"); the exact reference on hover.
 * `say` puts the name into a sentence of the translation: `say={actor => t('runs.by', { actor })}`.
 */
export function Actor(props: { of: string; say?: (name: string) => string }) {
  const { of: actor, say } = props;
  const { say: tell } = useText();
  const name = useActor()(actor);
  const { kind } = actorParts(actor);
  const hint = tell(`actorHint.${kind}`, { actor }, actor);
  return (
    <span title={hint} data-actor={actor}>
      <bdi>{say ? say(name) : name}</bdi>
    </span>
  );
}
