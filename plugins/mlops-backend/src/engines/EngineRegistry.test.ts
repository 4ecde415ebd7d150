import {
  FakePipelineEngine,
  FakeSourceEngine,
} from '@mlops-portal/plugin-mlops-node/testUtils';
import { EngineRegistry } from './EngineRegistry';

describe('EngineRegistry', () => {
  it('gives the one engine of a contract, or the one that is asked for', () => {
    const engines = new EngineRegistry();
    engines.addEngine('source', new FakeSourceEngine('one'));
    expect(engines.get('source').id).toBe('one');
    engines.addEngine('source', new FakeSourceEngine('two'));
    engines.choose({ source: 'two' });
    expect(engines.get('source').id).toBe('two');
    expect(engines.get('source', 'one').id).toBe('one');
    expect(engines.has('source')).toBe(true);
  });

  it('says what to install where no engine serves a contract', () => {
    const engines = new EngineRegistry();
    expect(engines.has('serving')).toBe(false);
    expect(() => engines.get('serving')).toThrow(
      'no engine serves the contract "serving"',
    );
  });

  it('names what is installed when another is asked for', () => {
    const engines = new EngineRegistry();
    engines.addEngine('pipelines', new FakePipelineEngine('local'));
    expect(() => engines.get('pipelines', 'far')).toThrow('"local"');
  });

  it('refuses a second engine with the same contract and id', () => {
    const engines = new EngineRegistry();
    engines.addEngine('source', new FakeSourceEngine('one'));
    engines.addEngine('pipelines', new FakePipelineEngine('one'));
    expect(() =>
      engines.addEngine('source', new FakeSourceEngine('one')),
    ).toThrow('two source engines have the id "one"');
  });

  it('refuses a choice that is missing or names what is not installed', () => {
    const engines = new EngineRegistry();
    engines.addEngine('source', new FakeSourceEngine('one'));
    expect(() => engines.choose({ source: 'other' })).toThrow(
      'mlops.engines.source is "other"',
    );
    engines.addEngine('source', new FakeSourceEngine('two'));
    expect(() => engines.choose({})).toThrow('set mlops.engines.source');
  });
});
