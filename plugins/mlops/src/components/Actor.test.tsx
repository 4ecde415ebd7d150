import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import { renderPage } from '../testUtils/render';
import { Actor } from './Actor';

describe('Actor', () => {
  it.each([
    ['user:default/ann', 'ann'],
    ['service:jobs', 'CI job'],
    ['service:scripts', 'Script with the access token'],
    ['service:plugin:scaffolder', 'New problem form'],
    ['service:plugin:search', 'Plugin search'],
    ['service:nightly', 'Service nightly'],
  ])('says %s as %s and keeps the reference on hover', async (of, words) => {
    renderPage(<Actor of={of} />);
    expect(await screen.findByTitle(of)).toHaveTextContent(words);
  });

  it('says that the policy is the portal following rules', async () => {
    renderPage(<Actor of="policy" say={name => `by ${name}`} />);
    expect(await screen.findByText('by Policy')).toBeInTheDocument();
    expect(screen.getByTitle(/by the rules/)).toBeInTheDocument();
  });
});
