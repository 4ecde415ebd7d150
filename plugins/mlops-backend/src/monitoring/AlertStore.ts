import { Alert } from '@mlops-portal/plugin-mlops-common';

export interface NewAlert {
  endpoint: string;
  kind: 'drift' | 'quality' | 'data-quality';
  subject: string;
  title: string;
  evidence: Alert['evidence'];
  firedAt: string;
  eventTime: string;
}

export interface AlertStore {
  /** The alert that fires for this subject: the one that did already, or this one. */
  fire(alert: NewAlert): Promise<{ alert: Alert; fresh: boolean }>;
  /** Ends what fires for the subject; undefined where nothing did, or where somebody else ended it. */
  resolve(
    of: Pick<Alert, 'endpoint' | 'kind' | 'subject'>,
    at: string,
    because?: Alert['resolvedBecause'],
  ): Promise<Alert | undefined>;
  firing(endpoint: string): Promise<Alert[]>;
  /** Firing ones first, newest first. */
  list(filter: {
    state?: Alert['state'];
    endpoint?: string;
    limit: number;
    offset: number;
  }): Promise<{ items: Alert[]; total: number }>;
  /** NotFoundError where there is none. */
  get(id: string): Promise<Alert>;
  update(
    id: string,
    change: Partial<
      Pick<
        Alert,
        | 'acknowledgedBy'
        | 'acknowledgedAt'
        | 'acknowledgeReason'
        | 'mutedUntil'
        | 'muteReason'
        | 'decisionId'
      >
    >,
  ): Promise<Alert>;
}
