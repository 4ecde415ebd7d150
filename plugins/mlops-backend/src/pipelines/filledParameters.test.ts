import { filledParameters } from './filledParameters';

const both = new Set(['until', 'champion']);
const production = { uri: 'file:///v2', testTo: '2001-05-06T23:59:00Z' };

describe('filledParameters', () => {
  it.each([
    [
      'a commit is judged on the window of the version in production',
      { trigger: 'commit', given: { until: '2001-03-15' } },
      { champion: 'file:///v2', until: '2001-05-07' },
    ],
    [
      'so is the same run again',
      { trigger: 'rerun', given: { until: '2001-03-15' } },
      { champion: 'file:///v2', until: '2001-05-07' },
    ],
    [
      'and a run by hand that leaves the window to the policy',
      { trigger: 'person', given: {}, policyUntil: '2001-03-15' },
      { champion: 'file:///v2', until: '2001-05-07' },
    ],
    [
      'a later window stays',
      { trigger: 'commit', given: { until: '2001-06-01' } },
      { champion: 'file:///v2' },
    ],
    [
      'the end of the data stays',
      { trigger: 'commit', given: {}, policyUntil: '' },
      { champion: 'file:///v2' },
    ],
    [
      'what a person chose stays',
      { trigger: 'person', given: { until: '2001-03-15' } },
      { champion: 'file:///v2' },
    ],
    [
      'what a policy chose stays, and so does a champion that is named',
      { trigger: 'alert', given: { until: '2001-03-15', champion: 'x' } },
      {},
    ],
  ] as const)('%s', (_, request, filled) => {
    expect(
      filledParameters({ declared: both, production, ...request }),
    ).toEqual(filled);
  });

  it('fills only what the pipeline takes', () => {
    const request = { trigger: 'commit', given: {}, production } as const;
    expect(filledParameters({ ...request, declared: new Set() })).toEqual({});
  });

  it('fills nothing before anything is in production', () => {
    expect(
      filledParameters({
        declared: both,
        trigger: 'commit',
        given: { until: '2001-03-15' },
      }),
    ).toEqual({});
  });

  it('leaves the window of data without time', () => {
    expect(
      filledParameters({
        declared: both,
        trigger: 'commit',
        given: {},
        production: { uri: 'file:///v1' },
      }),
    ).toEqual({ champion: 'file:///v1' });
  });

  it('ends after a day whose last instant was judged', () => {
    expect(
      filledParameters({
        declared: new Set(['until']),
        trigger: 'commit',
        given: { until: '2001-03-15' },
        production: { uri: '', testTo: '2001-05-07T00:00:00Z' },
      }),
    ).toEqual({ until: '2001-05-08' });
  });
});
