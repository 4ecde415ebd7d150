import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityPresentationApiRef } from '@backstage/plugin-catalog-react';
import { EntityLink } from './EntityLink';
import { entityPath, wholeRef } from './entityRefs';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };

/** The catalog's own presentation refuses a reference without a kind; so does this one. */
const presentation = {
  forEntity: (ref: unknown) => {
    if (!/^\w+:\w+\/\w+$/.test(String(ref))) throw new Error('missing kind');
    const snapshot = { entityRef: String(ref), primaryTitle: 'ML team' };
    return { snapshot, promise: Promise.resolve(snapshot) };
  },
};

describe('EntityLink', () => {
  it.each(['group:default/ml', 'ml', 'Group:ml'])(
    'shows the owner "%s" by name, with the exact reference on hover',
    async ref => {
      renderInTestApp(<EntityLink of={ref} />, {
        apis: [[entityPresentationApiRef, presentation]],
      });
      const link = await screen.findByRole('link', { name: 'ML team' }, find);
      expect(link).toHaveAttribute('href', '/catalog/default/group/ml');
      expect(link).toHaveAttribute('title', 'group:default/ml');
    },
  );

  it('shows what is no reference as it is', async () => {
    renderInTestApp(<EntityLink of="group:" />);
    expect(await screen.findByText('group:', {}, find)).toBeInTheDocument();
    expect(screen.queryByRole('link')).toBeNull();
  });
});

describe('entityPath', () => {
  it.each([
    ['group:default/ml', '/catalog/default/group/ml'],
    ['user:people/ann', '/catalog/people/user/ann'],
    ['ml', '/catalog/default/group/ml'],
    ['MLProblem:default/delay', '/catalog/default/mlproblem/delay'],
    ['', undefined],
  ])('of "%s" is %s', (ref, path) => {
    expect(entityPath(ref)).toBe(path);
  });
});

describe('wholeRef', () => {
  it.each([
    ['ml', 'group:default/ml'],
    ['user:ann', 'user:default/ann'],
    ['group:', undefined],
  ])('of "%s" is %s', (ref, whole) => {
    expect(wholeRef(ref)).toBe(whole);
  });
});
