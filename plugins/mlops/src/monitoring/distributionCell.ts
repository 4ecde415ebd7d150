export interface DistributionCell {
  label: string;
  /** Shares 0 to 1. */
  reference: number;
  current: number;
  contribution?: number;
}

/** Adds so much to the score that one looks there first. */
export const MUCH = 0.02;
