import '@testing-library/jest-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { repositoryDiff } from '../testUtils/story/code';
import { Answers, Refusal } from '../testUtils/fakeHub';
import { renderPage } from '../testUtils/render';
import { CodeCard } from './CodeCard';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const [BEFORE, AFTER] = ['a'.repeat(40), 'b'.repeat(40)];
const open = (
  commits: Array<string | undefined>,
  answers: Answers = {},
  path = '/',
) =>
  renderPage(
    <CodeCard
      repository="flight-delay"
      from={{ name: 'v4', commit: commits[0] }}
      to={{ name: 'v6', commit: commits[1] }}
    />,
    { answers, path },
  );
const card = () => screen.findByRole('region', { name: 'Code' }, find);
const head = (name: RegExp) => screen.findByRole('button', { name }, find);

describe('the code of two versions', () => {
  it('names commits and files, and shows the lines with a sign, not only a colour', async () => {
    const { hub } = open([BEFORE, AFTER]);
    const code = await card();
    expect(code).toHaveTextContent(
      'v4 aaaaaaaa to v6 bbbbbbbb: 1 commit, 3 files, \u2066+1 −1\u2069',
    );
    expect(
      within(code).getByText('weekly windows, drop holiday flag'),
    ).toBeInTheDocument();
    const lines = within(code).getByRole('table', { name: 'src/features.py' });
    expect(
      within(lines).getByRole('row', { name: '2 -HOLIDAY = True' }),
    ).toBeInTheDocument();
    expect(
      within(lines).getByRole('row', { name: '2 +WINDOW = "7d"' }),
    ).toBeInTheDocument();
    expect(await head(/trees.py renamed from src\/forest.py/)).toBeVisible();
    expect(
      within(code).getByText('Binary files are not shown.'),
    ).toBeInTheDocument();
    expect(hub.calls.at(-1)?.request.query).toEqual({
      from: BEFORE,
      to: AFTER,
    });
  });

  it('opens and closes files by keyboard, and walks them with the arrows', async () => {
    open([BEFORE, AFTER], {}, '/?files=none');
    const features = await head(/features.py/);
    expect(features).toHaveAttribute('aria-expanded', 'false');
    features.focus();
    await userEvent.keyboard('{Enter}');
    expect(features).toHaveAttribute('aria-expanded', 'true');
    expect(
      screen.getByRole('table', { name: 'src/features.py' }),
    ).toBeInTheDocument();
    await userEvent.keyboard('{ArrowDown}');
    expect(await head(/trees.py/)).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    expect(await head(/airports.parquet/)).toHaveFocus();
    await userEvent.click(screen.getByRole('button', { name: 'Open all' }));
    expect(
      await screen.findByRole('button', { name: 'Close all' }),
    ).toBeInTheDocument();
  });

  it('says that the code is the same, without asking', async () => {
    const { hub } = open([BEFORE, BEFORE]);
    expect(await card()).toHaveTextContent(/Both were made from commit aaaaaa/);
    expect(hub.calls).toEqual([]);
  });

  it('says which commit is not known', async () => {
    open([undefined, AFTER]);
    expect(await card()).toHaveTextContent('The commit of v4 is not known');
  });

  it('says that commits changed no file', async () => {
    open([BEFORE, AFTER], {
      getRepositoryDiff: () => ({
        ...repositoryDiff(BEFORE, AFTER),
        files: [],
      }),
    });
    expect(await card()).toHaveTextContent('No file differs');
  });

  it('shows the first of many commits, and leads from the one that was used to its lineage', async () => {
    const diff = repositoryDiff(BEFORE, AFTER);
    const more = Array.from({ length: 7 }, (_, i) => ({
      ...diff.commits[0],
      commit: `${i}`.repeat(40),
      message: `step ${i}`,
    }));
    open([BEFORE, AFTER], {
      getRepositoryDiff: () => ({
        ...diff,
        commits: [...diff.commits, ...more],
      }),
    });
    const code = await card();
    expect(within(code).getAllByRole('link')).toEqual([
      within(code).getByRole('link', { name: 'bbbbbbbb' }),
    ]);
    expect(within(code).queryByText('step 6')).toBeNull();
    await userEvent.click(within(code).getByRole('button', { name: '3 more' }));
    expect(within(code).getByText('step 6')).toBeInTheDocument();
  });

  it('says what is left out', async () => {
    const diff = repositoryDiff(BEFORE, AFTER);
    diff.files[1].truncated = true;
    open([BEFORE, AFTER], {
      getRepositoryDiff: () => ({ ...diff, truncated: true }),
    });
    const code = await card();
    expect(code).toHaveTextContent('Not everything is shown');
    expect(code).toHaveTextContent('The rest of this file is not shown.');
  });

  it('gives the command where the engine compares no commits', async () => {
    open([BEFORE, AFTER], {
      getRepositoryDiff: () => {
        throw new Refusal(501, 'it does not compare commits');
      },
    });
    await waitFor(async () =>
      expect(await card()).toHaveTextContent('git diff aaaaaaaa bbbbbbbb'),
    );
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says why it could not be read, and asks again', async () => {
    let tries = 0;
    open([BEFORE, AFTER], {
      getRepositoryDiff: () => {
        if (!tries++) throw new Refusal(503, 'the source engine is silent');
        return repositoryDiff(BEFORE, AFTER);
      },
    });
    expect(await screen.findByRole('alert', {}, find)).toHaveTextContent(
      'the source engine is silent',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await head(/features.py/)).toBeInTheDocument();
  });
});
