import { JobRecord } from '../records';
import { OutputReader } from './OutputReader';

const job = (name: string): JobRecord => ({
  id: `id of ${name}`,
  name,
  stage: 'test',
  state: 'waiting',
});

/** Reads lines and tells what was understood, one text per event. */
function understood(names: string[], lines: string[]): string[] {
  const events: string[] = [];
  const reader = new OutputReader(names.map(job), {
    onStart: ({ name }) => events.push(`start ${name}`),
    onFinish: ({ name }, { exitCode, allowed }) =>
      events.push(`finish ${name} ${exitCode} ${allowed}`),
    onLog: ({ name }, line) => events.push(`${name}: ${line}`),
    onNote: line => events.push(`note: ${line}`),
  });
  lines.forEach(line => reader.read(line));
  return events;
}

describe('OutputReader', () => {
  it('follows jobs from start to end with what their scripts print', () => {
    expect(
      understood(
        ['lint', 'mx: [x]'],
        [
          'parsing and downloads finished in 67 ms.',
          '[11:41:11 1.94 ms] lint    starting shell (test)',
          '[11:41:12  222 ms] lint    $ echo hello',
          '[11:41:12  222 ms] lint    > hello',
          '[11:41:12  236 ms] lint    finished in 236 ms',
          '[11:41:12  245 ms] mx: [x] starting shell (a (b))',
          '[11:41:13  373 ms] mx: [x] finished in 1.25 s  WARN 3 ',
          '[11:41:15  2.5 ms] mx: [x] !! no artifacts was copied !!',
          ' PASS  [ 236 ms] lint   ',
        ],
      ),
    ).toEqual([
      'note: parsing and downloads finished in 67 ms.',
      'start lint',
      'lint: $ echo hello',
      'lint: hello',
      'finish lint 0 false',
      'start mx: [x]',
      'finish mx: [x] 3 true',
      'mx: [x]: !! no artifacts was copied !!',
      'note:  PASS  [ 236 ms] lint   ',
    ]);
  });

  it('tells a failure from an allowed one', () => {
    expect(
      understood(['a'], ['[11:41:15  193 ms] a finished in 193 ms  FAIL 1 ']),
    ).toEqual(['finish a 1 false']);
  });

  it('is not deceived by scripts that print what the executor prints', () => {
    expect(
      understood(
        ['a', 'b'],
        [
          '[11:41:12  222 ms] a > finished in 1 ms',
          '[11:41:12  222 ms] a > [11:41:12  222 ms] b finished in 1 ms',
          '[11:41:12  222 ms] a $ echo "starting shell (test)"',
          '[11:41:12  222 ms] a > ',
        ],
      ),
    ).toEqual([
      'a: finished in 1 ms',
      'a: [11:41:12  222 ms] b finished in 1 ms',
      'a: $ echo "starting shell (test)"',
      'a: ',
    ]);
  });

  it('tells jobs apart of which one name begins the other', () => {
    expect(
      understood(
        ['train', 'train model'],
        [
          '[11:41:12  2 ms] train       starting shell (x)',
          '[11:41:12  2 ms] train model starting shell (x)',
          '[11:41:12  2 ms] train       > model finished in 1 ms',
        ],
      ),
    ).toEqual([
      'start train',
      'start train model',
      'train: model finished in 1 ms',
    ]);
  });

  it('drops the executor’s sign of life', () => {
    expect(
      understood(['a'], ['[11:41:12  10 s] a > still running...']),
    ).toEqual([]);
  });
});
