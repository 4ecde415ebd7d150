import { DesiredRevision } from '../../contracts';
import { describeServingEngineConformance } from '../servingEngineConformance';
import { FakeServingEngine } from './FakeServingEngine';

const revision = (id: string, version: string): DesiredRevision => ({
  id,
  model: 'fake',
  version,
  artifact: { uri: 'fake://a', sha256: '0'.repeat(64), format: 'onnx' },
  signature: {
    task: 'regression',
    classes: [],
    inputs: [{ name: 'distance', datatype: 'FP64', shape: [-1, 1] }],
  },
});

describeServingEngineConformance(
  'the fake',
  async () => ({
    engine: new FakeServingEngine(),
    fixture: {
      revisions: [revision('one', '1'), revision('two', '2')],
      broken: revision('broken', '3'),
      request: {
        inputs: [
          { name: 'distance', datatype: 'FP64', shape: [1, 1], data: [210] },
        ],
      },
    },
  }),
  { digest: 'the fake loads no artefacts', log: 'the fake has no processes' },
);
