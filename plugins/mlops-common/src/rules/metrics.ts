import { Task } from '../vocabulary/states';

/** Metrics that a task can be judged by; the first is the default. */
export const METRICS_OF: Record<Task, readonly string[]> = {
  binary: [
    'roc_auc',
    'average_precision',
    'log_loss',
    'brier',
    'accuracy',
    'balanced_accuracy',
  ],
  multiclass: ['balanced_accuracy', 'accuracy', 'log_loss'],
  regression: ['mae', 'rmse', 'r2'],
};
