import { mockServices } from '@backstage/backend-test-utils';
import { DEFAULT_STAGES } from '@mlops-portal/plugin-mlops-common';
import { stagesOf } from './stages';

const withStages = (stages?: string[]) =>
  stagesOf(
    mockServices.rootConfig({ data: stages ? { mlops: { stages } } : {} }),
  );
const moved = ['candidate', 'staging', 'production', 'archived'];

describe('stages', () => {
  it('are the default ones where none are configured', () => {
    expect(withStages()).toEqual([...DEFAULT_STAGES]);
  });

  it('keep the order they are configured in, with own ones between', () => {
    const own = [
      'lab',
      'candidate',
      'review',
      'staging',
      'production',
      'archived',
    ];
    expect(withStages(own)).toEqual(own);
  });

  it.each([
    [['lab', ...moved, 'lab'], 'has lab twice'],
    [['Lab', ...moved], 'has "Lab"'],
    [['lab', 'candidate', 'production', 'archived'], 'lacks staging'],
    [
      ['production', 'candidate', 'staging', 'archived'],
      'begins with production',
    ],
    [[], 'lacks candidate, staging, production, archived'],
  ])('refuse %j: %s', (stages, reason) => {
    expect(() => withStages(stages)).toThrow(`mlops.stages ${reason}`);
  });
});
