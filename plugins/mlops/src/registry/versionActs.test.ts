import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { versionDetail } from '../testUtils/story/registry';
import { Permissions, whyNot } from './versionActs';

const usable: Partial<VersionDetail> = {
  version: 6,
  championVersion: 4,
  state: 'ready',
  reason: undefined,
  stage: 'candidate',
  approval: undefined,
  traffic: [],
};
const keys = (changes: Partial<VersionDetail>, permissions?: Permissions) => {
  const why = whyNot(
    { ...versionDetail(6), ...usable, ...changes },
    permissions,
  );
  return [
    why.compare?.key,
    why.archive?.key,
    why.request?.key,
    why.deploy?.key,
  ];
};
const flow = (percent: number) => ({
  traffic: [{ endpoint: 'flight-delay', percent }],
});
const free = undefined;

describe('acts of a version that are not possible', () => {
  it.each<[string, Partial<VersionDetail>, Array<string | undefined>]>([
    ['pending', { state: 'pending' }, [free, free, 'pending', 'pending']],
    ['failed', { state: 'failed' }, [free, free, 'failed', 'failed']],
    ['ready', {}, [free, free, free, free]],
    ['requested', { approval: 'waiting' }, [free, free, 'waiting', free]],
    ['approved', { approval: 'approved' }, [free, free, 'approved', free]],
    ['refused', { approval: 'refused' }, [free, free, free, free]],
    ['withdrawn', { approval: 'withdrawn' }, [free, free, free, free]],
    [
      'a canary',
      { stage: 'staging', ...flow(10) },
      [free, 'servingArchive', free, 'serving'],
    ],
    [
      'in production',
      { stage: 'production', approval: 'approved', ...flow(100) },
      [free, 'servingArchive', 'approved', 'serving'],
    ],
    [
      'in production without approval',
      { stage: 'production', ...flow(100) },
      [free, 'servingArchive', 'production', 'serving'],
    ],
    [
      'kept warm behind its successor',
      { stage: 'archived', ...flow(0) },
      [free, 'archived', free, free],
    ],
    ['archived', { stage: 'archived' }, [free, 'archived', free, free]],
    [
      'the first one',
      { championVersion: undefined },
      ['alone', free, free, free],
    ],
  ])('%s', (_, changes, wanted) => {
    expect(keys(changes)).toEqual(wanted);
  });

  it('names where it answers and with how much', () => {
    const v = { ...versionDetail(6), ...usable, ...flow(10) };
    expect(whyNot(v, undefined).deploy?.values).toEqual({
      endpoint: 'flight-delay',
      percent: '10',
    });
  });

  it('holds back what the reader may not do, once that is known', () => {
    const none = {
      'mlops.version.change': false,
      'mlops.approval.request': false,
      'mlops.endpoint.change': false,
    };
    expect(keys({}, none)).toEqual([free, 'mayNot', 'mayNot', 'mayNot']);
    expect(keys({}, undefined)).toEqual([free, free, free, free]);
  });

  it('names what stands in the way before the missing right', () => {
    const none = { 'mlops.endpoint.change': false };
    expect(keys(flow(100), none)[3]).toBe('serving');
  });
});
