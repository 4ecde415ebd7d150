import { Cells, DayQuality } from '@mlops-portal/plugin-mlops-common';

/** Fingerprint of a day whose files were removed. */
export const REMOVED = 'removed';

export interface StoredDay {
  version: number;
  day: string;
  n: number;
  requests: number;
  lastAt: string;
  fingerprint: string;
  labels: number;
  quality: DayQuality | undefined;
}

export interface DayCounts {
  endpoint: string;
  version: number;
  day: string;
  n: number;
  requests: number;
  lastAt: string;
  fingerprint: string;
  features: Map<string, Cells>;
  prediction: Cells | undefined;
}

export interface StoredCells {
  role: 'feature' | 'prediction';
  feature: string;
  day: string;
  cells: Cells;
}

export interface EndpointState {
  evaluatedAt: string | null;
  labelsFingerprint: string;
  unknownLabels: number;
  refused: number;
  /** '<version>/<kind>' -> first day of the newest window that was judged. */
  judged: Record<string, string>;
}

/** What monitoring keeps in the hub's database: mergeable counts by day, never raw rows. */
export interface MonitoringStore {
  days(endpoint: string): Promise<StoredDay[]>;
  /** Replaces what is known of a day; counting it again gives the same. */
  putDay(counts: DayCounts): Promise<void>;
  /** The files of a counted day are gone: its counts stay as they are. */
  markRemoved(endpoint: string, version: number, day: string): Promise<void>;
  putQuality(
    endpoint: string,
    days: Array<{ version: number; day: string; quality: DayQuality }>,
  ): Promise<void>;
  /** Of one feature, or of all of them, oldest day first. */
  cells(
    endpoint: string,
    version: number,
    feature?: string,
  ): Promise<StoredCells[]>;
  state(endpoint: string): Promise<EndpointState>;
  putState(endpoint: string, change: Partial<EndpointState>): Promise<void>;
  addRefused(endpoint: string, count: number): Promise<void>;
}
