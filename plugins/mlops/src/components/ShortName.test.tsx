import { partsOfName } from './ShortName';

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
