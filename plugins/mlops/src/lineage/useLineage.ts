import { useCallback } from 'react';
import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { HubValue, useHub, useQueryState } from '../hooks';
import { mergeLineage } from './merge';

const DEPTH = 5;
const DEEPEST = 10;
const EXPAND_DEPTH = 2;
const TIME = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/;
const DIRECTIONS = ['both', 'back', 'forward'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface LineageTime {
  /** Calendar day (YYYY-MM-DD) of the reader, an ISO time, or '' for now. */
  asOf: string;
  setAsOf: (asOf: string) => void;
  depth: number;
  setDepth: (depth: number) => void;
  direction: Direction;
  setDirection: (direction: string) => void;
}

/** The moment that is asked about: the end of a calendar day of the reader, or a time as it is; undefined for now. */
export function momentOf(asOf: string): string | undefined {
  if (!asOf) return undefined;
  const text = asOf.includes('T') ? asOf : `${asOf}T23:59:59.999`;
  return new Date(text).toISOString();
}

/** Lineage of a node as of a time; time, depth, direction and expanded cuts are in the URL (?asOf=&depth=&direction=&open=). */
export function useLineage(node: string): {
  hub: HubValue<Lineage>;
  time: LineageTime;
  expand: (...ids: string[]) => void;
} {
  const [wantedTime, setAsOf] = useQueryState('asOf');
  const [way, setDirection] = useQueryState('direction', 'both');
  const [wanted, setDepth] = useQueryState('depth', String(DEPTH));
  const [opened, setOpened] = useQueryState('open');
  const asOf = TIME.test(wantedTime) ? wantedTime : '';
  const direction = DIRECTIONS.find(d => d === way) ?? 'both';
  const depth = Math.min(
    DEEPEST,
    Math.max(1, Number.parseInt(wanted, 10) || DEPTH),
  );
  const hub = useHub(
    async (client, signal) => {
      const at = momentOf(asOf);
      const ids = opened ? opened.split(',') : [];
      const [main, ...rest] = await Promise.all([
        client.getLineage({ node, depth, direction, asOf: at }, { signal }),
        ...ids.map(id =>
          client.getLineage(
            { node: id, depth: EXPAND_DEPTH, direction, asOf: at },
            { signal },
          ),
        ),
      ]);
      return mergeLineage(
        main,
        rest.map((lineage, i) => ({ node: ids[i], lineage })),
      );
    },
    ['lineage', node, asOf, depth, direction, opened],
  );
  const expand = useCallback(
    (...ids: string[]) =>
      setOpened(
        [...new Set([...(opened ? opened.split(',') : []), ...ids])].join(','),
      ),
    [opened, setOpened],
  );
  return {
    hub,
    time: {
      asOf,
      setAsOf,
      depth,
      setDepth: n => setDepth(String(n)),
      direction,
      setDirection,
    },
    expand,
  };
}
