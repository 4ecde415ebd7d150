import { screen } from '@testing-library/react';
import {
  AT,
  completed,
  done,
  renderProgress,
  run,
  stepOf,
  told,
} from '../__testUtils__/renderProgress';

jest.setTimeout(120_000);

describe('a problem that was made', () => {
  it('tells what each step made, how long all took, and what comes next', async () => {
    const ended = run({
      state: 'succeeded',
      finishedAt: '2026-11-24T10:01:30Z',
      versionMade: 1,
    });
    renderProgress(
      [
        ...done('plan', 'render'),
        told('repository', 'processing', 'info: 44 files, commit bae2e91'),
        told('repository', 'completed', 'Finished step Make repository'),
        ...done('register', 'first-run'),
        completed({ output: { runId: 'r1' } }),
      ],
      {
        answers: {
          listCiPipelines: () => ({
            items: [
              {
                id: '1',
                commit: 'a'.repeat(40),
                message: 'Start late',
                author: 'scaffolder',
                branch: 'main',
                state: 'succeeded' as const,
                createdAt: `${AT}5Z`,
                jobs: [],
                observedAt: `${AT}9Z`,
              },
            ],
            total: 1,
          }),
          listRuns: () => ({ items: [ended], total: 1 }),
          getRun: () => ended,
        },
      },
    );

    expect(
      await screen.findByText('all 7 steps in 1 min 30 s'),
    ).toBeInTheDocument();
    expect(await stepOf('Make repository')).toHaveTextContent(
      '44 files, commit bae2e91',
    );
    expect(screen.getByText('What next')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open v1' })).toHaveAttribute(
      'href',
      '/ml/models/late/versions/1',
    );
    expect(screen.getByText('when you deploy a version')).toBeInTheDocument();
  });

  it('stays with the first run when the problem has run again since', async () => {
    const asked: string[] = [];
    const first = run({ state: 'succeeded', versionMade: 1 });
    const later = run({ id: 'r2', number: 2, createdAt: `${AT}8Z` });
    const before = run({
      id: 'r0',
      number: 9,
      createdAt: '2026-11-23T10:00:00Z',
    });
    renderProgress(
      [
        ...done('plan', 'render', 'repository', 'register', 'first-run'),
        completed({ output: { runId: 'r1' } }),
      ],
      {
        answers: {
          listRuns: () => ({ items: [later, first, before], total: 3 }),
          getRun: ({ params }) => {
            asked.push(params.id);
            return first;
          },
        },
      },
    );
    expect(await screen.findByRole('link', { name: '#1' })).toBeInTheDocument();
    expect(new Set(asked)).toEqual(new Set(['r1']));
  });
});
