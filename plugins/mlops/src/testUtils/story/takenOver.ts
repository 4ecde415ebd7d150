import { MonitoringView } from '@mlops-portal/plugin-mlops-common';
import { monitoringView, periodOf } from './monitoring';

/** The same endpoint two days after v6 took over: its first week is open, v4 drifted before. */
export function takenOverView(
  over: Partial<MonitoringView> = {},
): MonitoringView {
  const view = monitoringView();
  const { windows } = view;
  const open = windows[windows.length - 1];
  const before = windows[windows.length - 2];
  return {
    ...view,
    version: 6,
    versions: [6, 4],
    health: 'not-enough-data',
    headline: {
      key: 'waits-window',
      values: {
        version: 6,
        limit: view.limit,
        minRows: 1000,
        size: 'week',
        days: 2,
        ofDays: 7,
        rows: 1040,
        window: open,
        due: '2001-05-14',
      },
    },
    standing: {
      waits: {
        for: 'window',
        window: open,
        days: 2,
        ofDays: 7,
        rows: 1040,
        due: '2001-05-14',
      },
      before: { version: 4, health: 'drift', window: before },
    },
    periods: windows.map(window =>
      periodOf(
        window,
        window === open ? { version: 6, days: 2, open: true, starts: [6] } : {},
      ),
    ),
    features: view.features.map(feature => ({
      ...feature,
      judged: { window: before, version: 4 },
      scores: feature.scores.map(score =>
        score.window === open
          ? {
              ...score,
              version: 6,
              open: true,
              health: 'not-enough-data' as const,
              ...(feature.feature === 'hour'
                ? { score: null, partial: true }
                : {}),
            }
          : { ...score, version: 4 },
      ),
    })),
    ...over,
  };
}
