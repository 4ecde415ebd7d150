import { RepositoryDiffView } from '@mlops-portal/plugin-mlops-common';
import { hoursAgo } from './time';

/** What led from the code of v4 to that of v6. */
export function repositoryDiff(from: string, to: string): RepositoryDiffView {
  const place = { oldStart: 1, oldLines: 2, newStart: 1, newLines: 2 };
  return {
    from,
    to,
    files: [
      {
        path: 'data/airports.parquet',
        status: 'added',
        binary: true,
        hunks: [],
        truncated: false,
      },
      {
        path: 'src/features.py',
        status: 'changed',
        additions: 1,
        deletions: 1,
        binary: false,
        hunks: [
          {
            ...place,
            heading: 'def features(rows):',
            lines: [' import pandas', '-HOLIDAY = True', '+WINDOW = "7d"'],
          },
        ],
        truncated: false,
      },
      {
        path: 'src/trees.py',
        oldPath: 'src/forest.py',
        status: 'renamed',
        additions: 0,
        deletions: 0,
        binary: false,
        hunks: [],
        truncated: false,
      },
    ],
    commits: [
      {
        commit: to,
        message: 'weekly windows, drop holiday flag',
        author: 'Ann',
        at: hoursAgo(4),
      },
    ],
    truncated: false,
  };
}
