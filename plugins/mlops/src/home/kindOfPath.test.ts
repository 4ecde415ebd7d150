import { paths } from '../routes';
import { kindOfPath } from './kindOfPath';

describe('kindOfPath', () => {
  it('tells pages of one name apart', () => {
    expect(kindOfPath(paths.problem('late'))).toBe('problem');
    expect(kindOfPath(paths.model('late'))).toBe('model');
    expect(kindOfPath(paths.endpoint('late'))).toBe('endpoint');
    expect(kindOfPath(`${paths.monitoring('late')}?feature=hour`)).toBe(
      'monitoring',
    );
    expect(kindOfPath(paths.version('late', 2))).toBe('version');
    expect(kindOfPath(`${paths.newProblem()}/task-7`)).toBe('creation');
  });

  it('says nothing of lists and of pages whose title says it', () => {
    expect(kindOfPath(paths.problems())).toBeUndefined();
    expect(kindOfPath(paths.newProblem())).toBeUndefined();
    expect(kindOfPath(paths.compare('late', [1, 2]))).toBeUndefined();
    expect(kindOfPath('/settings/general')).toBeUndefined();
  });
});
