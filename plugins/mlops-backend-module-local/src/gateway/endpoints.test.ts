import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DesiredEndpoint } from '@mlops-portal/plugin-mlops-node';
import { until } from '../serving/__testUtils__/until';
import { gatewayConfigSchema, gatewayPaths } from './config';
import { Counters } from './counters';
import { EndpointStateFile } from './endpointState';
import { Endpoints } from './endpoints';
import { MinuteStore } from './minuteStore';

/** Of artefacts that are not there, so that no server ever starts. */
const endpoint: DesiredEndpoint = {
  name: 'late',
  generation: 1,
  revisions: [
    {
      id: 'r1',
      model: 'late',
      version: '1',
      artifact: {
        uri: 'file:///nowhere',
        sha256: 'a'.repeat(64),
        format: 'onnx',
      },
      signature: {
        task: 'binary',
        inputs: [],
        classes: [],
      } as unknown as DesiredEndpoint['revisions'][0]['signature'],
    },
  ],
  traffic: [{ revisionId: 'r1', percent: 100 }],
};

jest.setTimeout(30_000);

describe('Endpoints', () => {
  let home: string;
  let endpoints: Endpoints;
  const logged: string[] = [];

  /** As on a full disk: the file of the wanted state cannot be replaced. */
  const fill = () => mkdir(gatewayPaths(home).state);
  const free = () => rm(gatewayPaths(home).state, { recursive: true });
  const onDisk = () => new EndpointStateFile(gatewayPaths(home).state).read();

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'endpoints-'));
    const config = gatewayConfigSchema.parse({
      home,
      port: 0,
      portalUrl: 'http://127.0.0.1:1',
      python: '/nowhere',
      runtimePath: '/nowhere',
      version: '1',
      timing: { retrySaveMs: 20 },
    });
    const paths = gatewayPaths(home);
    await mkdir(paths.root, { recursive: true });
    endpoints = new Endpoints({
      config,
      counters: await Counters.load(
        paths.counters,
        new MinuteStore(paths.minutes),
      ),
      urlOf: name => name,
      log: message => logged.push(message),
    });
  });

  afterEach(async () => {
    await endpoints.end();
    await rm(home, { recursive: true, force: true });
  });

  it('keep an endpoint that a full disk does not let go, so that it can be removed again', async () => {
    await endpoints.apply(endpoint);
    await free();
    await fill();
    await expect(endpoints.remove('late')).rejects.toThrow();
    expect(endpoints.names()).toEqual(['late']);
    await free();
    await endpoints.remove('late');
    expect(endpoints.names()).toEqual([]);
    expect(await onDisk()).toEqual([]);
  });

  it('move the shares once a full disk has room, without another change of a server', async () => {
    await endpoints.apply(endpoint);
    const [first] = endpoint.revisions;
    const next = {
      ...endpoint,
      generation: 2,
      revisions: [{ ...first, id: 'r2', version: '2' }],
      traffic: [{ revisionId: 'r2', percent: 100 }],
    };
    await endpoints.apply(next);
    const shares = () => endpoints.find('late').stored.traffic;
    expect(shares()).toEqual(endpoint.traffic);
    await free();
    await fill();
    const server = endpoints.find('late').servers.get('r2')!;
    jest.spyOn(server, 'isAnswering', 'get').mockReturnValue(true);
    // What the server calls when its state changes, once.
    (server as unknown as { options: { onChange(): void } }).options.onChange();
    await until(() => logged.join().includes('tries again'), 'it was refused');
    expect(shares()).toEqual(endpoint.traffic);
    await free();
    await until(() => shares()[0].revisionId === 'r2', 'the shares have moved');
    expect((await onDisk())[0].traffic).toEqual(next.traffic);
  });

  it('try a version at once at the place where it lies now', async () => {
    await endpoints.apply(endpoint);
    const { servers } = endpoints.find('late');
    const reason = () => servers.get('r1')!.reason ?? '';
    await until(() => reason().includes('/nowhere'), 'it was refused');
    const [first] = endpoint.revisions;
    const artifact = { ...first.artifact, uri: '/elsewhere' };
    await endpoints.apply({ ...endpoint, revisions: [{ ...first, artifact }] });
    await until(() => reason().includes('/elsewhere'), 'it was tried there');
    expect(servers.get('r1')!.revision.artifact).toEqual(artifact);
  });
});
