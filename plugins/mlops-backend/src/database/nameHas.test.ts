import { eachDatabase } from './__testUtils__/eachDatabase';
import { nameHas } from './nameHas';

jest.setTimeout(60_000);

describe('nameHas', () => {
  eachDatabase(open => {
    it.each([
      ['delay', ['flight-delay', 'train-delay']],
      ['DELAY', ['flight-delay', 'train-delay']],
      ['-', ['flight-delay', 'train-delay']],
      ['_', []],
      ['%', []],
      ["'", []],
      ['\\', []],
    ])('finds %j in %j', async (text, found) => {
      const knex = await open();
      for (const name of ['flight-delay', 'train-delay', 'fare']) {
        await knex('models').insert({
          name,
          task: 'binary',
          versions: 0,
          created_at: '',
        });
      }
      const rows = await knex('models')
        .whereRaw(...nameHas('name', text))
        .orderBy('name');
      expect(rows.map(row => row.name)).toEqual(found);
    });
  });
});
