export interface DistributionCell {
  label: string;
  /** Shares 0 to 1. */
  reference: number;
  current: number;
  contribution?: number;
}

/** Adds so much to the score that one looks there first. */
export const MUCH = 0.02;

/** The bounds of a cell of numbers as one reads them: "<= 3" and "3 - 7" with the signs and the word of the page. */
export function boundsInWords(label: string, to: string): string {
  return label.replace('<=', '≤').replace(' - ', ` ${to} `);
}
