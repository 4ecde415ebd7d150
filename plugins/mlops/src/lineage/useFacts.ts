import { useCallback } from 'react';
import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { useActor, useFormat, useText } from '../hooks';

type LineageNode = Lineage['nodes'][number];

const TIME = /^\d{4}-\d\d-\d\dT/;
const DIGEST = /^[0-9a-f]{40,}$/;
/** Facts worth the one line of a box, best first. */
const LINE = [
  'rows',
  'trigger',
  'registered',
  'decidedBy',
  'deployedBy',
  'features',
  'message',
  'reason',
];
/** Facts that name who acted. */
const ACTORS = ['actor', 'decidedBy', 'deployedBy'];
/** Facts whose value says little without their name. */
const NAMED = ['rows', 'registered', 'features'];

/** Value of a fact as text: counts, times and long digests written for people. */
export function useFactValue() {
  const format = useFormat();
  const actorName = useActor();
  return useCallback(
    (name: string, value: string | number): string => {
      if (typeof value === 'number')
        return Number.isInteger(value)
          ? format.count(value)
          : format.metric(value);
      if (TIME.test(value)) return format.moment(value);
      if (DIGEST.test(value)) return `${value.slice(0, 12)}…`;
      if (ACTORS.includes(name)) return actorName(value);
      return value;
    },
    [format, actorName],
  );
}

/** One line of facts for the box of a node. */
export function useFactLine() {
  const { say } = useText();
  const write = useFactValue();
  return useCallback(
    ({ facts }: LineageNode): string => {
      const name = LINE.find(key => facts[key] !== undefined);
      if (!name) return '';
      const value = write(name, facts[name]);
      return NAMED.includes(name)
        ? `${say(`lineage.fact.${name}`)} ${value}`
        : say(`trigger.${value}`, {}, value);
    },
    [say, write],
  );
}
