import { mkdtempSync } from 'fs';
import { mkdir, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { layoutOf } from '../capture/layout';
import { FeatureAt } from '../featureDetail';
import { Segments } from './Segments';

it('names the size of a window that is too large to be read, and what to do', async () => {
  const home = mkdtempSync(join(tmpdir(), 'segments-'));
  const layout = layoutOf(home);
  const folder = join(layout.predictions, 'flights', '1', '2001-03-06');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '2026-11-24T10.ndjson'), 'x'.repeat(2_000_001));
  const segments = new Segments({
    layout,
    spill: join(home, 'spill'),
    labelsOf: async () => ({ task: 'binary', classes: [] }),
    mostBytes: 1_000_000,
  });
  const at = {
    each: { feature: 'speed', role: 'feature' },
    score: { window: '2001-03-05' },
    of: { version: 1, size: 'week', input: { days: [{ day: '2001-03-06' }] } },
    reference: { kind: 'number', edges: [] },
  } as unknown as FeatureAt;
  await expect(
    segments.of('flights', at, 'roc_auc', new AbortController().signal),
  ).rejects.toThrow(
    'the predictions of the window from 2001-03-05 take 3 MB; up to 1 MB are read while somebody waits: choose windows of a day',
  );
});
