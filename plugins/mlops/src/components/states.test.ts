import {
  approvalStateSchema,
  conditionStateSchema,
  healthSchema,
  servingStateSchema,
  versionStateSchema,
  workStateSchema,
} from '@mlops-portal/plugin-mlops-common';
import { mlopsMessages } from '../translation';
import { STATE_SHAPES, compareUrgency, shapeOf } from './states';

const lists = {
  work: workStateSchema,
  health: healthSchema,
  serving: servingStateSchema,
  version: versionStateSchema,
  approval: approvalStateSchema,
  condition: conditionStateSchema,
};

describe('states', () => {
  it.each(Object.entries(lists))(
    'gives every %s state a shape and a word',
    (_, schema) => {
      for (const state of schema.options) {
        expect(STATE_SHAPES).toHaveProperty([state]);
        expect(mlopsMessages).toHaveProperty([`state.${state}`]);
      }
    },
  );

  it.each(['unknown', 'no-data', 'not-enough-data'])(
    'never shows %s as well',
    state => {
      expect(shapeOf(state)).not.toBe('ok');
    },
  );

  it('gives unknown and no data different words', () => {
    const words = ['unknown', 'no-data', 'not-enough-data'].map(
      state => mlopsMessages[`state.${state}` as keyof typeof mlopsMessages],
    );
    expect(new Set(words).size).toBe(3);
  });

  it('shows a state it does not know as unknown', () => {
    expect(shapeOf('Pending-Something')).toBe('unknown');
  });

  it('orders worst first', () => {
    expect(
      ['well', 'no-data', 'drift', 'unknown', 'below-target'].sort(
        compareUrgency,
      ),
    ).toEqual(['below-target', 'drift', 'unknown', 'no-data', 'well']);
  });
});
