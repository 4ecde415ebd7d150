/* eslint-disable jest/no-export, jest/valid-title, jest/expect-expect, jest/no-disabled-tests -- the tests of engines call this suite */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ArtifactEngine } from '../contracts';
import { itKeepsCommonPromises } from './commonPromises';

export interface ArtifactEngineSubject {
  engine: ArtifactEngine;
  /** A folder on this machine whose content the engine may take in. */
  folder: string;
  /** How the engine wants to be told of a folder below `folder`; a file:// URL if not given. */
  uriOf?: (path: string) => string | Promise<string>;
  dispose?: () => Promise<void>;
}

/** Behaviours that an engine may lack; the reason for a skip is printed. */
export type ArtifactBehaviour = 'ingest' | 'refusals' | 'read' | 'remove';

/** One suite for every artefact engine; it knows nothing but the contract. */
export function describeArtifactEngineConformance(
  name: string,
  make: () => Promise<ArtifactEngineSubject>,
  skips: Partial<Record<ArtifactBehaviour, string>> = {},
) {
  describe(`${name} keeps the contract of an artefact engine`, () => {
    let subject: ArtifactEngineSubject;
    const options = { signal: new AbortController().signal };
    const absent = digest('nowhere');

    beforeAll(async () => {
      subject = await make();
    });

    afterAll(async () => {
      await subject?.dispose?.();
    });

    /** A folder with these files and a manifest of them, or of what `claimed` says. */
    const leave = async (
      files: Record<string, string>,
      claimed: Record<string, string> = files,
    ) => {
      const path = await mkdtemp(join(subject.folder, 'run-'));
      for (const [file, content] of Object.entries(files)) {
        await mkdir(join(path, file, '..'), { recursive: true });
        await writeFile(join(path, file), content);
      }
      const manifest = JSON.stringify(
        Object.fromEntries(
          Object.entries(claimed).map(([file, content]) => [
            file,
            digest(content),
          ]),
        ),
      );
      await writeFile(join(path, 'manifest.json'), manifest);
      const uri = subject.uriOf
        ? await subject.uriOf(path)
        : pathToFileURL(path).href;
      return { path, uri, sha256: digest(manifest), format: 'onnx' };
    };
    const model = (content: string) => ({
      'model.onnx': content,
      'signature.json': '{"task":"binary"}',
    });
    const refused = async (call: Promise<unknown>, why: string) =>
      expect(call).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(why),
      });
    const nothingKept = async (sha256: string) =>
      expect(subject.engine.verify(sha256, options)).rejects.toMatchObject({
        name: 'NotFoundError',
      });

    const behaves = (
      behaviour: ArtifactBehaviour,
      title: string,
      body: () => Promise<void>,
    ) => {
      const reason = skips[behaviour];
      if (reason) {
        it.skip(`${title} (skipped: ${reason})`, () => {});
      } else {
        it(title, body, 60_000);
      }
    };

    itKeepsCommonPromises({
      engine: () => subject.engine,
      capabilities: { maxBytes: [] },
      skips,
      strangers: () => ({
        verify: call => subject.engine.verify(absent, call),
        readFile: call =>
          subject.engine.readFile({ sha256: absent, file: 'a' }, call),
        remove: call => subject.engine.remove(absent, call),
      }),
      forgiving: ['remove'],
    });

    it('says its limit', async () => {
      const info = await subject.engine.getInfo(options);
      expect(info.capabilities.maxBytes).toBeGreaterThan(0);
    });

    behaves('ingest', 'keeps nothing for a caller that has gone', async () => {
      const left = await leave(model('nobody waits'));
      const signal = AbortSignal.abort(new Error('the caller has gone'));
      await expect(subject.engine.ingest(left, { signal })).rejects.toThrow(
        'the caller has gone',
      );
      await nothingKept(left.sha256);
    });

    behaves(
      'refusals',
      'refuses a manifest that points elsewhere',
      async () => {
        const left = await leave({ ...model('c'), '../outside.txt': 'x' });
        await refused(subject.engine.ingest(left, options), '../outside.txt');
        await nothingKept(left.sha256);
      },
    );

    behaves('ingest', 'keeps what a run left, file by file', async () => {
      const files = { ...model('weights'), 'code/features.py': 'x = "نام"' };
      const left = await leave(files);
      const artifact = await subject.engine.ingest(left, options);
      expect(artifact).toMatchObject({ sha256: left.sha256, format: 'onnx' });
      const kept = [...artifact.files!].sort((a, b) =>
        a.name.localeCompare(b.name),
      );
      expect(kept).toEqual(
        Object.entries(files)
          .map(([file, content]) => ({
            name: file,
            sha256: digest(content),
            sizeBytes: Buffer.byteLength(content),
          }))
          .sort((a, b) => a.name.localeCompare(b.name)),
      );
      await rm(left.path, { recursive: true });
      expect(await subject.engine.verify(left.sha256, options)).toEqual(
        artifact,
      );
    });

    behaves('ingest', 'stores the same digest once', async () => {
      const first = await leave(model('same'));
      const second = await leave(model('same'));
      expect(second.sha256).toBe(first.sha256);
      const [one, two] = await Promise.all([
        subject.engine.ingest(first, options),
        subject.engine.ingest(second, options),
      ]);
      expect(two).toEqual(one);
      expect(await subject.engine.ingest(first, options)).toEqual(one);
    });

    behaves(
      'refusals',
      'refuses a file that differs from the manifest, and keeps nothing',
      async () => {
        const left = await leave(model('changed'), model('as registered'));
        await refused(subject.engine.ingest(left, options), 'model.onnx');
        await nothingKept(left.sha256);
      },
    );

    behaves(
      'refusals',
      'refuses a manifest that differs from the registered digest',
      async () => {
        const left = await leave(model('weights 2'));
        const other = { ...left, sha256: absent };
        await refused(subject.engine.ingest(other, options), 'manifest.json');
        await nothingKept(absent);
      },
    );

    behaves('refusals', 'refuses a listed file that is missing', async () => {
      const left = await leave(model('a'), {
        ...model('a'),
        'profile.json': '{}',
      });
      await refused(subject.engine.ingest(left, options), 'profile.json');
      await nothingKept(left.sha256);
    });

    behaves('refusals', 'refuses what is not safe to load', async () => {
      const left = await leave(model('weights 3'));
      const pickled = { ...left, format: 'pickle' };
      await refused(subject.engine.ingest(pickled, options), 'pickle');
      const inside = await leave({ ...model('b'), 'helper.joblib': 'x' });
      await refused(subject.engine.ingest(inside, options), 'helper.joblib');
      await nothingKept(inside.sha256);
    });

    behaves('read', 'gives one file, and only what is listed', async () => {
      const left = await leave(model('weights 4'));
      await subject.engine.ingest(left, options);
      const { sha256 } = left;
      const file = (name_: string) =>
        subject.engine.readFile({ sha256, file: name_ }, options);
      expect((await file('model.onnx')).toString()).toBe('weights 4');
      for (const bad of ['absent.json', '../../secret', '/etc/hostname']) {
        await expect(file(bad)).rejects.toMatchObject({
          name: 'NotFoundError',
        });
      }
    });

    behaves('remove', 'removes for good, and twice without harm', async () => {
      const left = await leave(model('weights 5'));
      await subject.engine.ingest(left, options);
      await subject.engine.remove(left.sha256, options);
      await nothingKept(left.sha256);
      await subject.engine.remove(left.sha256, options);
      const again = await subject.engine.ingest(left, options);
      expect(again.sha256).toBe(left.sha256);
    });
  });
}

function digest(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
