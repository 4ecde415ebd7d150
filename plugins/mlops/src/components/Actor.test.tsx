import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import { renderPage } from '../testUtils/render';
import { Actor } from './Actor';
import { ActorText } from './ActorText';

describe('Actor', () => {
  it.each([
    ['user:default/ann', 'ann'],
    ['service:jobs', 'CI job'],
    ['service:scripts', 'Script'],
    ['service:plugin:scaffolder', 'New problem form'],
    ['service:plugin:search', 'Plugin search'],
    ['service:nightly', 'Service nightly'],
  ])('says %s as %s and keeps the reference on hover', async (of, words) => {
    renderPage(<Actor of={of} />);
    expect(
      await screen.findByTitle(title => title.includes(of)),
    ).toHaveTextContent(words);
  });

  it('says that the policy is the portal following rules', async () => {
    renderPage(<Actor of="policy" say={name => `by ${name}`} />);
    expect(await screen.findByText('by Policy')).toBeInTheDocument();
    expect(screen.getByTitle(/by the rules/)).toBeInTheDocument();
  });
});

describe('ActorText', () => {
  it('names references inside a text of the hub', async () => {
    renderPage(
      <p>
        <ActorText text="asked by policy, decided by user:default/ann, not by service:plugin:scaffolder." />
      </p>,
    );
    expect(
      await screen.findByText(
        (_, element) =>
          element?.tagName === 'P' &&
          element.textContent ===
            'asked by Policy, decided by ann, not by New problem form.',
      ),
    ).toBeInTheDocument();
  });

  it('leaves a text without references as it is', async () => {
    renderPage(
      <p>
        <ActorText text="roc_auc 0.71, by the policy: none" />
      </p>,
    );
    expect(
      await screen.findByText('roc_auc 0.71, by the policy: none'),
    ).toBeInTheDocument();
  });
});
