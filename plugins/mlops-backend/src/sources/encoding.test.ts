import { encodeText } from './__testUtils__/encodeText';
import { file, noise, plan, profile } from './__testUtils__/planBench';

jest.setTimeout(120_000);

const CITIES = {
  Persian: ['تهران', 'شيراز', 'اصفهان', 'کرج', 'قم', 'گرگان'],
  German: ['München', 'Köln', 'Düsseldorf', 'Großburg', 'Fürth', 'Gießen'],
  Russian: ['Москва', 'Казань', 'Самара', 'Пермь', 'Тверь', 'Омск'],
};
function table(city: string, names: string[]) {
  const lines = Array.from({ length: 300 }, (_, row) =>
    [
      noise(row).toFixed(3),
      names[row % names.length],
      noise(row, 2) > 0.5 ? 'yes' : 'no',
    ].join(','),
  );
  return `x,${city},y\n${lines.join('\n')}\n`;
}
const PERSIAN = table('شهر', CITIES.Persian);

describe('a CSV file that is not in UTF-8', () => {
  it.each<[string, string, string]>([
    ['windows-1256', 'شهر', PERSIAN],
    ['windows-1252', 'Städte', table('Städte', CITIES.German)],
    ['windows-1251', 'Город', table('Город', CITIES.Russian)],
    ['utf-16le', 'شهر', PERSIAN],
    ['utf-16be', 'شهر', PERSIAN],
  ])('is read: %s', async (encoding, city, text) => {
    const source = file(encodeText(text, encoding));
    const shown = await profile(source);
    expect(shown.encoding).toEqual({ name: encoding, sure: true });
    expect(shown.columns.map(({ name }) => name)).toEqual(['x', city, 'y']);
    expect(text).toContain(`,${shown.columns[1].samples[0]},`);
    const made = await plan({ source });
    expect(made.errors).toEqual([]);
    expect(made.values).toMatchObject({
      encoding,
      columns: { x: 'number', [city]: 'text' },
    });
  });

  it.each(['utf-16le', 'utf-16be', 'utf-8'])(
    'says itself what it is in with a mark at its start: %s',
    async encoding => {
      const source = file(encodeText(`\ufeff${PERSIAN}`, encoding));
      const asked = { ...source, encoding: 'windows-1252' as const };
      for (const each of [source, asked]) {
        const shown = await profile(each);
        expect(shown.encoding).toEqual({ name: encoding, sure: true });
        expect(shown.columns.map(({ name }) => name)).toEqual([
          'x',
          'شهر',
          'y',
        ]);
      }
    },
  );

  it('is read as a person says that it is', async () => {
    const bytes = encodeText(table('city', ['Łódź', 'Gdańsk']), 'windows-1250');
    const source = { ...file(bytes), encoding: 'windows-1250' as const };
    const shown = await profile(source);
    expect(shown.encoding).toEqual({ name: 'windows-1250', sure: true });
    expect(shown.columns[1].samples.sort()).toEqual(['Gdańsk', 'Łódź']);
    const other = { ...source, encoding: 'windows-1251' as const };
    expect((await profile(other)).columns[1].samples).not.toContain('Łódź');
    expect((await plan({ source })).values).toMatchObject({
      encoding: 'windows-1250',
    });
  });

  it('is not believed to be anything else where it is UTF-8', async () => {
    const source = { ...file(PERSIAN), encoding: 'windows-1256' as const };
    expect((await profile(source)).encoding).toEqual({
      name: 'utf-8',
      sure: true,
    });
    expect((await plan({ source })).values!.encoding).toBeNull();
  });

  it('leaves the reader unsure where a letter could be any', async () => {
    const bytes = Buffer.concat([
      Buffer.from('x,y\n0.5,yes\n0.1,no\n'),
      Buffer.from([0xa4, 0x2c, 0x6e, 0x0a]),
    ]);
    expect((await profile(file(bytes))).encoding).toMatchObject({
      sure: false,
    });
  });

  it('is refused at the line where a few characters of UTF-8 are broken', async () => {
    const at = PERSIAN.indexOf('\n', 2000) + 1;
    const broken = Buffer.concat([
      Buffer.from(PERSIAN.slice(0, at)),
      Buffer.from([0x30, 0x2c, 0xd8, 0x2c, 0x6e, 0x6f, 0x0a]),
      Buffer.from(PERSIAN.slice(at)),
    ]);
    await expect(profile(file(broken))).rejects.toThrow(
      /line \d+ of .* holds characters that are not in UTF-8 as the others are; save/,
    );
  });
});
