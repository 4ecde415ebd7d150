import { useCallback } from 'react';
import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { HubValue, useHub, useQueryState } from '../hooks';
import { mergeLineage } from './merge';

const DEPTH = 5;
const DEEPEST = 10;
const EXPAND_DEPTH = 2;
const DAY = /^\d{4}-\d\d-\d\d$/;

export interface LineageTime {
  /** Calendar day (YYYY-MM-DD) of the reader, or '' for now. */
  day: string;
  setDay: (day: string) => void;
  depth: number;
  setDepth: (depth: number) => void;
}

/** Lineage of a node as of the end of a day; day, depth and expanded cuts are in the URL (?asOf=&depth=&open=). */
export function useLineage(node: string): {
  hub: HubValue<Lineage>;
  time: LineageTime;
  expand: (id: string) => void;
} {
  const [asOf, setDay] = useQueryState('asOf');
  const [wanted, setDepth] = useQueryState('depth', String(DEPTH));
  const [opened, setOpened] = useQueryState('open');
  const day = DAY.test(asOf) ? asOf : '';
  const depth = Math.min(
    DEEPEST,
    Math.max(1, Number.parseInt(wanted, 10) || DEPTH),
  );
  const hub = useHub(
    async (client, signal) => {
      const at = day
        ? new Date(`${day}T23:59:59.999`).toISOString()
        : undefined;
      const ids = opened ? opened.split(',') : [];
      const [main, ...rest] = await Promise.all([
        client.getLineage({ node, depth, asOf: at }, { signal }),
        ...ids.map(id =>
          client.getLineage(
            { node: id, depth: EXPAND_DEPTH, asOf: at },
            { signal },
          ),
        ),
      ]);
      return mergeLineage(
        main,
        rest.map((lineage, i) => ({ node: ids[i], lineage })),
      );
    },
    ['lineage', node, day, depth, opened],
  );
  const expand = useCallback(
    (id: string) =>
      setOpened(
        [...new Set([...(opened ? opened.split(',') : []), id])].join(','),
      ),
    [opened, setOpened],
  );
  return {
    hub,
    time: { day, setDay, depth, setDepth: n => setDepth(String(n)) },
    expand,
  };
}
