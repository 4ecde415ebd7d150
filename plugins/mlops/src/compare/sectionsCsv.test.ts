import { sectionsCsv } from './sectionsCsv';

describe('sectionsCsv', () => {
  it('gives every row with its section, and plain text where the page shows more', () => {
    const sections = [
      {
        title: 'Metrics',
        rows: [{ name: 'AUC', values: ['0.704', '0.721'], differs: true }],
      },
      {
        title: 'Run',
        rows: [
          {
            name: 'State',
            values: [null, null],
            texts: ['a', 'a'],
            differs: false,
          },
        ],
      },
    ];
    expect(sectionsCsv(['v4', 'v6'], sections)).toEqual([
      ['section', 'row', 'v4', 'v6', 'differs'],
      ['Metrics', 'AUC', '0.704', '0.721', 'true'],
      ['Run', 'State', 'a', 'a', 'false'],
    ]);
  });
});
