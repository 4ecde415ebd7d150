/** Who acted, read from how the hub records it. */
export interface ActorParts {
  /**
   * `person` and `group` are entities of the catalog; `policy` is a rule that the hub follows, `system` the portal itself;
   * `jobs` are the jobs of CI, `scripts` whoever holds the configured access token, `plugin` another plugin of the portal,
   * `service` any other token.
   */
  kind:
    | 'person'
    | 'group'
    | 'policy'
    | 'system'
    | 'jobs'
    | 'scripts'
    | 'plugin'
    | 'service';
  /** Name without kind and namespace. */
  name: string;
}

const OWN = ['policy', 'system'] as const;
const TOKENS = ['jobs', 'scripts'] as const;

/** `user:default/ann` -> person ann; `service:plugin:scaffolder` -> plugin scaffolder; a bare name is a person's. */
export function actorParts(actor: string): ActorParts {
  const own = OWN.find(kind => kind === actor);
  if (own) return { kind: own, name: own };
  const cut = actor.indexOf(':');
  const head = actor.slice(0, Math.max(0, cut));
  const rest = actor.slice(cut + 1);
  if (head === 'service') {
    const token = TOKENS.find(kind => kind === rest);
    if (token) return { kind: token, name: token };
    return rest.startsWith('plugin:')
      ? { kind: 'plugin', name: rest.slice('plugin:'.length) }
      : { kind: 'service', name: rest };
  }
  const name = rest.slice(rest.lastIndexOf('/') + 1);
  return { kind: head === 'group' ? 'group' : 'person', name };
}
