import '@testing-library/jest-dom';
import { render, screen } from '@testing-library/react';
import { partsOfName, ShortName } from './ShortName';

describe('partsOfName', () => {
  it('keeps the end that tells a name from its like', () => {
    expect(partsOfName('flight-delay-data')).toEqual(['flight-delay', '-data']);
    expect(partsOfName('flight-delay v12')).toEqual(['flight-delay', ' v12']);
  });

  it('leaves a name whole that has no short end', () => {
    expect(partsOfName('flights')).toEqual(['flights', '']);
    expect(partsOfName('v2 on a-remarkably_long_one')).toEqual([
      'v2 on a-remarkably_long_one',
      '',
    ]);
    expect(partsOfName('-x')).toEqual(['-x', '']);
  });
});

describe('ShortName', () => {
  const link = (name: string) => {
    render(
      <a href="/there">
        <ShortName>{name}</ShortName>
      </a>,
    );
    return screen.getByRole('link');
  };

  it.each(['late-flights', 'late-flights v3', 'flights'])(
    'is the one word %s to read, to find and to select',
    name => {
      const found = link(name);
      expect(found).toHaveAccessibleName(name);
      expect(found).toHaveTextContent(new RegExp(`^${name}$`));
      expect(screen.getByText(name)).toBeInTheDocument();
    },
  );

  it('only draws the two parts, for the eye', () => {
    const drawn = link('late-flights').querySelector('[data-head]');
    expect(drawn).toHaveAttribute('data-head', 'late');
    expect(drawn).toHaveAttribute('data-tail', '-flights');
    expect(drawn).toHaveAttribute('aria-hidden', 'true');
    expect(drawn).toBeEmptyDOMElement();
  });
});
