import { actorParts } from './actors';

describe('actorParts', () => {
  it.each([
    ['user:default/ann', 'person', 'ann'],
    ['ann', 'person', 'ann'],
    ['group:default/ground-ops', 'group', 'ground-ops'],
    ['policy', 'policy', 'policy'],
    ['system', 'system', 'system'],
    ['service:jobs', 'jobs', 'jobs'],
    ['service:scripts', 'scripts', 'scripts'],
    ['service:plugin:scaffolder', 'plugin', 'scaffolder'],
    ['service:nightly', 'service', 'nightly'],
  ])('reads %s as %s %s', (actor, kind, name) => {
    expect(actorParts(actor)).toEqual({ kind, name });
  });

  it('does not take a person called jobs for the jobs of CI', () => {
    expect(actorParts('user:default/jobs')).toEqual({
      kind: 'person',
      name: 'jobs',
    });
  });
});
