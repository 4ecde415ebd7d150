import { render } from '@testing-library/react';
import { iconOf, kindIcons } from './kinds';

describe('icons of kinds', () => {
  it('draws every kind differently', () => {
    const drawn = Object.values(kindIcons).map(
      Icon => render(<Icon />).container.querySelector('path')?.outerHTML,
    );
    expect(drawn).toHaveLength(4);
    expect(new Set(drawn).size).toBe(4);
  });

  it('gives pipelines, endpoints and applications an icon of their own', () => {
    expect(iconOf({ spec: { type: 'ml-pipeline' } })).toBeDefined();
    expect(iconOf({ spec: { type: 'ml-endpoint' } })).toBeDefined();
    expect(iconOf({ spec: { type: 'ml-application' } })).toBeDefined();
  });

  it('leaves other components to the icon of their kind', () => {
    expect(iconOf({ spec: { type: 'service' } })).toBeUndefined();
    expect(iconOf({})).toBeUndefined();
    expect(iconOf(undefined)).toBeUndefined();
  });
});
