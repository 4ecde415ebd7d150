import {
  Endpoint,
  Run,
  Station,
  Version,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { MonitoringSummary, ProblemFacts } from '../slices';
import { isSilent } from './silence';

/** Everything that is known of one problem, for the picture of the loop. What is not known is undefined, never made up. */
export interface LoopFacts {
  facts: ProblemFacts;
  lastRun?: Run;
  usualSeconds?: number;
  latest?: VersionDetail;
  champion?: Version;
  endpoint?: Endpoint;
  monitoring?: MonitoringSummary;
  /** Requests a second over the last minutes, if metrics are there. */
  now: Date;
}

type Fact = Station['facts'][number];

/** The six stations in order. Keys of facts are translated by the page: `fact.<key>`. */
export function loopOf(known: LoopFacts): Station[] {
  return [
    dataStation(known),
    featuresStation(known),
    pipelineStation(known),
    versionStation(known),
    endpointStation(known),
    monitoringStation(known),
  ];
}

function dataStation({ facts, latest, lastRun }: LoopFacts): Station {
  const failed =
    lastRun?.state === 'failed' &&
    /extract|validate/.test(lastRun.reason ?? '');
  const reached = latest ? 'fresh' : 'not-reached';
  const window = latest?.train;
  const rows = (latest?.train?.rows ?? 0) + (latest?.test?.rows ?? 0);
  const list: Fact[] = [];
  if (window?.from) {
    list.push({
      key: 'window',
      values: { from: window.from, to: latest?.test?.to ?? window.to ?? '' },
    });
  }
  if (latest?.dataVersion) {
    list.push({
      key: 'digest',
      values: { digest: latest.dataVersion.slice(0, 8) },
    });
  }
  return {
    station: 'data',
    title: `${facts.name}-data`,
    state: failed ? 'failed' : reached,
    figure: rows ? { value: rows, unit: 'rows' } : undefined,
    facts: list,
    at: latest?.createdAt,
    link: `/ml/datasets/${facts.name}-data`,
  };
}

function featuresStation({ facts, latest }: LoopFacts): Station {
  const texts =
    latest?.signature.inputs.filter(i => i.datatype === 'BYTES').length ?? 0;
  const all = latest?.signature.inputs.length ?? 0;
  return {
    station: 'features',
    title: 'src/features.py',
    state: latest ? 'fresh' : 'not-reached',
    figure: latest && { value: all, unit: 'features' },
    facts: latest
      ? [{ key: 'numbers-texts', values: { numbers: all - texts, texts } }]
      : [],
    at: latest?.createdAt,
    link: latest && `/ml/feature-views/${facts.name}-features`,
  };
}

function pipelineStation({
  facts,
  lastRun,
  usualSeconds,
  now,
}: LoopFacts): Station {
  if (!lastRun) {
    return {
      station: 'pipeline',
      title: facts.name,
      state: 'not-reached',
      facts: [],
      link: `/ml/pipelines/${facts.name}`,
    };
  }
  const seconds =
    lastRun.startedAt &&
    ((lastRun.finishedAt ? Date.parse(lastRun.finishedAt) : now.getTime()) -
      Date.parse(lastRun.startedAt)) /
      1000;
  const list: Fact[] = [
    {
      key: 'run',
      values: { number: lastRun.number, trigger: lastRun.trigger },
    },
  ];
  if (usualSeconds)
    list.push({
      key: 'usually',
      values: { seconds: Math.round(usualSeconds) },
    });
  if (lastRun.reason)
    list.push({ key: 'reason', values: { reason: lastRun.reason } });
  return {
    station: 'pipeline',
    title: facts.name,
    state: lastRun.state,
    figure: seconds
      ? { value: Math.round(seconds), unit: 'seconds' }
      : undefined,
    facts: list,
    at: lastRun.finishedAt ?? lastRun.startedAt ?? lastRun.createdAt,
    link: `/ml/runs/${lastRun.id}`,
  };
}

function versionStation({ facts, latest, champion }: LoopFacts): Station {
  if (!latest) {
    return {
      station: 'version',
      title: facts.name,
      state: 'not-reached',
      facts: [],
      link: `/ml/models/${facts.name}`,
    };
  }
  const list: Fact[] = [];
  const value = latest.metrics[facts.metric.name];
  const before =
    champion && champion.version !== latest.version
      ? champion.metrics[facts.metric.name]
      : undefined;
  if (value !== undefined && before !== undefined) {
    list.push({
      key: 'against-champion',
      values: { difference: value - before, version: champion!.version },
    });
  }
  if (latest.test?.rows)
    list.push({ key: 'n', values: { n: latest.test.rows } });
  return {
    station: 'version',
    title: `v${latest.version}`,
    state: latest.state === 'ready' ? latest.approval ?? 'ready' : latest.state,
    figure:
      value === undefined ? undefined : { value, unit: facts.metric.name },
    facts: list,
    at: latest.createdAt,
    link: `/ml/models/${facts.name}/versions/${latest.version}`,
  };
}

function endpointStation({ facts, endpoint, now }: LoopFacts): Station {
  if (!endpoint) {
    return {
      station: 'endpoint',
      title: facts.name,
      state: 'not-reached',
      facts: [],
      link: `/ml/endpoints/${facts.name}`,
    };
  }
  const serving = endpoint.revisions
    .filter(r => r.percent > 0)
    .sort((a, b) => b.percent - a.percent);
  const requests = serving.reduce((sum, r) => sum + r.requests, 0);
  const errors = serving.reduce((sum, r) => sum + r.errors, 0);
  const traffic = serving.map(r => `v${r.version} ${r.percent}%`).join(', ');
  const silent = isSilent(endpoint, now);
  const list: Fact[] = [
    ...(silent ? [{ key: 'silent', values: { engine: endpoint.engine } }] : []),
    ...(traffic ? [{ key: 'traffic', values: { traffic } }] : []),
  ];
  const p95 = serving[0]?.p95Ms;
  if (p95 !== undefined) {
    list.push({ key: 'latency', values: { p95: Math.round(p95) } });
  }
  if (requests) {
    list.push({ key: 'errors', values: { share: errors / requests } });
  }
  return {
    station: 'endpoint',
    title: endpoint.name,
    state: silent ? 'unknown' : endpoint.state,
    figure: { value: requests, unit: 'requests' },
    facts: list,
    at: endpoint.observedAt,
    link: `/ml/endpoints/${endpoint.name}`,
  };
}

/** When the first verdict on a new version comes, and what is known of the one before. */
function waiting({ standing }: MonitoringSummary): Station['facts'] {
  const { waits, before } = standing ?? {};
  return [
    ...(waits?.due
      ? [{ key: 'verdict-due', values: { window: waits.due } }]
      : []),
    ...(before
      ? [
          {
            key: `before-${before.health}`,
            values: { version: before.version, window: before.window },
          },
        ]
      : []),
  ];
}

function monitoringStation({
  facts,
  endpoint,
  monitoring,
}: LoopFacts): Station {
  const link = `/ml/endpoints/${facts.name}/monitoring`;
  if (!endpoint || !monitoring) {
    return {
      station: 'monitoring',
      title: facts.name,
      state: 'not-reached',
      facts: [],
      link,
    };
  }
  const worst = monitoring.worst;
  return {
    station: 'monitoring',
    title: worst?.feature ?? facts.name,
    state: monitoring.health,
    figure: worst && { value: worst.score, unit: 'psi' },
    facts: worst
      ? [
          {
            key: 'limit-floor',
            values: { limit: worst.limit, floor: worst.noiseFloor },
          },
          {
            key: 'week',
            values: { window: worst.window, n: worst.n },
          },
        ]
      : waiting(monitoring),
    // The age of replayed data says nothing about how fresh the verdict is.
    at: monitoring.clock.kind === 'wall' ? monitoring.clock.now : undefined,
    link,
  };
}
