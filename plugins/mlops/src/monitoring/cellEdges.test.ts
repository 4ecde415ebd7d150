import { edgesOf } from './cellEdges';

const write = (value: number, digits: number) =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: digits }).format(
    value,
  );

describe('edgesOf', () => {
  it('gives the bound between each two cells, rounded', () => {
    expect(
      edgesOf(['<= -7.6667', '-7.6667 - -4.5', '-4.5 - 23', '> 23'], write),
    ).toEqual(['', '-7.7', '-4.5', '23']);
  });

  it('writes as many digits as it takes to tell bounds apart', () => {
    expect(edgesOf(['<= 1201', '1201 - 1202', '> 1202'], write)).toEqual([
      '',
      '1,201',
      '1,202',
    ]);
  });

  it('reads numbers in exponent form', () => {
    expect(edgesOf(['<= 1e-7', '1e-7 - 2.5e-7', '> 2.5e-7'], write)).toEqual([
      '',
      '0.0000001',
      '0.00000025',
    ]);
  });

  it('leaves words alone', () => {
    expect(edgesOf(['ORD', 'ATL'], write)).toBeUndefined();
    expect(edgesOf(['<= soon', '> 2'], write)).toBeUndefined();
    expect(edgesOf(['Mon - Fri'], write)).toBeUndefined();
  });
});
