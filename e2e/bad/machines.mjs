import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { beginMaking, endOfMaking } from './making.mjs';

const DAY = 86_400_000;

/** A small table with a rule in it, always the same: hot machines under load fail. */
export function machines({ rows = 3000, without = [] } = {}) {
  let seed = 7;
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
  const columns = ['day', 'machine', 'shift', 'load', 'heat', 'failed'];
  const kept = columns.filter(column => !without.includes(column));
  const lines = [kept.join(',')];
  for (let i = 0; i < rows; i += 1) {
    const load = Math.round(random() * 100) / 100;
    const heat = Math.round((20 + 60 * random()) * 10) / 10;
    const failed = load * heat > 40 !== random() < 0.1 ? 'yes' : 'no';
    const row = {
      day: new Date(Date.UTC(2025, 0, 1) + Math.floor((i * 120) / rows) * DAY)
        .toISOString()
        .slice(0, 10),
      machine: `m${Math.floor(random() * 12)}`,
      shift: ['early', 'late', 'night'][Math.floor(random() * 3)],
      load,
      heat,
      failed,
    };
    lines.push(kept.map(column => row[column]).join(','));
  }
  return `${lines.join('\n')}\n`;
}

export function writeTable(portal, file, text) {
  const path = join(portal.tables, file);
  writeFileSync(path, text);
  return path;
}

/** What somebody would fill in; `changes` says what is different. */
export function formOf(name, path, changes) {
  return {
    name,
    title: `Question of ${name}`,
    objective: 'to see how the portal takes it',
    owner: 'group:default/ml',
    source: { kind: 'path', path },
    entity: [],
    exclude: [],
    risk: 'limited',
    retraining: { schedule: '', when: [], coolDownDays: 0, neededWindows: 1 },
    ...changes,
  };
}

/** Creates a problem the way the form does; gives how the task ended and what it said. */
export async function make(portal, form) {
  return endOfMaking(portal, await beginMaking(portal, form), form.name);
}

export async function made(portal, form) {
  const { status, said } = await make(portal, form);
  assert.equal(status, 'completed', said);
}

export function firstRun({ api }, name) {
  return api.until(
    `first run of ${name}`,
    () => api.get(`mlops/pipelines/${name}/runs?limit=1`),
    page => page.items?.[0],
    300,
  );
}

export function ended({ api }, id, seconds = 400) {
  return api.until(
    `end of run ${id}`,
    () => api.get(`mlops/runs/${id}`),
    run => ['succeeded', 'failed', 'stopped'].includes(run.state) && run,
    seconds,
  );
}

/** Starts a training as a person does; gives the id of its run. */
export async function retrained({ api }, name) {
  const decision = await api.post(`mlops/retraining/${name}/retrain`, {
    reason: 'a new table',
    idempotencyKey: `bad-day-${Date.now()}`,
  });
  assert.equal(decision.outcome, 'start', decision.because);
  return decision.runId;
}

/** The version that a run made, once its digest is checked. */
export function versionOf({ api }, name, runId) {
  return api.until(
    `version of run ${runId}`,
    () => api.get(`mlops/models/${name}/versions`),
    page => page.items?.find(v => v.runId === runId && v.state !== 'pending'),
    120,
  );
}

/** Status and answer of a call, whatever they are. */
export async function answerOf(url, body, token) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  return { status: response.status, body: await response.json() };
}
