import { problemFormSchema } from '@mlops-portal/plugin-mlops-common';
import { flightsTable } from './__testUtils__/tables';
import {
  choicesOf,
  Draft,
  EMPTY_DRAFT,
  previewOf,
  requestOf,
  rolesOf,
  slug,
  withRole,
} from './form';
import { allProblems, localProblems } from './problems';

const table = flightsTable();
const draft: Draft = {
  ...EMPTY_DRAFT,
  source: { kind: 'example', example: 'flights' },
  title: 'Will it be late?',
};
const choices = (changes: Partial<Draft> = {}) =>
  choicesOf({ ...draft, ...changes }, table, 'group:default/ml');

describe('roles', () => {
  it('start as suggested', () => {
    expect(rolesOf(table, {})).toEqual({
      date: 'time',
      delay: 'target',
      distance: 'feature',
      origin: 'entity',
      destination: 'feature',
    });
  });

  it('keep one target: the one before becomes a feature', () => {
    const chosen = withRole(table, {}, 'distance', 'target');

    expect(rolesOf(table, chosen)).toMatchObject({
      distance: 'target',
      delay: 'feature',
    });
  });

  it('keep several entities', () => {
    const chosen = withRole(table, {}, 'destination', 'entity');

    expect(choices({ roles: chosen }).entity).toEqual([
      'origin',
      'destination',
    ]);
  });

  it('of columns that the table does not have are forgotten', () => {
    expect(rolesOf(table, { gone: 'target' })).toEqual(rolesOf(table, {}));
  });
});

describe('choices', () => {
  it('take rule, name and day from the table', () => {
    expect(choices()).toMatchObject({
      outcome: 'rule',
      positive: '> 15',
      name: 'flights-delay',
      owner: 'group:default/ml',
      trainUntil: '2001-03-15',
    });
  });

  it('do not carry the rule of one column over to another', () => {
    const chosen = withRole(table, {}, 'distance', 'target');

    expect(choices({ roles: chosen })).toMatchObject({
      outcome: 'asIs',
      positive: undefined,
    });
  });

  it('make a request that the hub accepts', () => {
    const request = requestOf(draft, choices());

    expect(problemFormSchema.parse(request)).toMatchObject({
      target: 'delay',
      positive: '> 15',
      time: 'date',
      entity: ['origin'],
      trainUntil: '2001-03-15',
    });
  });

  it('leave the day out where there is no time', () => {
    const changed = { ...draft, roles: { date: 'excluded' as const } };
    const request = requestOf(
      changed,
      choicesOf(changed, table, 'group:default/ml'),
    );

    expect(request).toMatchObject({ exclude: ['date'], trainUntil: '' });
    expect(request.time).toBeUndefined();
  });

  it('can be judged before name and title are typed', () => {
    const request = requestOf(
      { ...draft, title: '', name: '' },
      choicesOf({ ...draft, title: '', name: '' }, table, ''),
    );

    expect(problemFormSchema.safeParse(request).success).toBe(false);
    expect(problemFormSchema.safeParse(previewOf(request)).success).toBe(true);
  });
});

describe('slug', () => {
  it.each([
    ['Flights 2001 delay', 'flights-2001-delay'],
    ['2001 flights', 'flights'],
    ['Été', 'ete'],
    ['قیمت', ''],
    ['x'.repeat(80), 'x'.repeat(63)],
  ])('of %s is %s', (text, name) => {
    expect(slug(text)).toBe(name);
  });
});

describe('problems', () => {
  const fieldsOf = (changes: Partial<Draft>, taken = false) =>
    localProblems({ ...draft, ...changes }, choices(changes), taken).map(
      p => p.field,
    );

  it.each<[string, Partial<Draft>, string[]]>([
    ['nothing, when all is well', {}, []],
    ['a name that is no name', { name: 'Flight Delay' }, ['name']],
    ['a title that is too short', { title: ' a ' }, ['title']],
    ['a rule without a value', { threshold: ' ' }, ['positive']],
    ['a missing target', { roles: { delay: 'feature' } }, ['target']],
    ['a schedule that is no cron', { schedule: 'weekly' }, ['retraining']],
    ['a day that does not exist', { trainUntil: '2001-02-40' }, ['trainUntil']],
  ])('are found: %s', (_, changes, fields) => {
    expect(fieldsOf(changes)).toEqual(fields);
  });

  it('include a name that is taken', () => {
    expect(fieldsOf({}, true)).toEqual(['name']);
  });

  it('say only that a table is missing, while it is', () => {
    expect(localProblems(EMPTY_DRAFT, undefined, false)).toEqual([
      { field: 'source', key: 'error.sourceMissing', open: true },
    ]);
  });

  it('tell what is not typed yet from what is wrong', () => {
    const { source } = draft;
    const fresh: Draft = { ...EMPTY_DRAFT, source };
    const empty = { ...choicesOf(fresh, table, ''), name: '' };
    const open = (more: Partial<Draft>) =>
      localProblems(
        { ...fresh, ...more },
        { ...empty, target: undefined },
        false,
      )
        .filter(p => p.open)
        .map(p => p.field);
    expect(open({})).toEqual(
      expect.arrayContaining(['target', 'name', 'title']),
    );
    expect(open({ name: '', roles: { delay: 'feature' } })).toEqual(['title']);
    expect(localProblems(fresh, undefined, false)[0].open).toBe(false);
  });

  it('of the hub stand beside ours, one per field', () => {
    const plan = {
      errors: [
        { field: 'target', message: 'is constant' },
        { field: 'retraining.schedule', message: 'has no fifth field' },
      ],
    };

    expect(
      allProblems([{ field: 'target', key: 'error.targetMissing' }], plan),
    ).toEqual([
      { field: 'target', key: 'error.targetMissing' },
      { field: 'retraining', message: 'has no fifth field' },
    ]);
  });
});
