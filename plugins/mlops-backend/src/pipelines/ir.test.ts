import { compiledPipeline } from '../__testUtils__/story';
import { checkParameters, parametersOf } from './ir';

describe('parametersOf', () => {
  it('names the parameters of a compiled pipeline', () => {
    const declared = parametersOf(compiledPipeline(['until', 'champion']));
    expect([...declared]).toEqual(['until', 'champion']);
  });

  it('takes a pipeline without parameters, and one with a platform document behind it', () => {
    const ir = `${compiledPipeline([])}\n---\nplatforms: {}\n`;
    expect(parametersOf(ir).size).toBe(0);
  });

  it.each([
    ['a: [', 'is not YAML'],
    ['just text', 'is not a compiled KFP v2 pipeline'],
    ['pipelineInfo: {name: x}', 'deploymentSpec'],
    ['', 'is not a compiled KFP v2 pipeline'],
  ])('refuses %j', (text, why) => {
    expect(() => parametersOf(text)).toThrow(why);
  });
});

describe('checkParameters', () => {
  it('takes some of the parameters', () => {
    expect(() => checkParameters(new Set(['a', 'b']), { a: 1 })).not.toThrow();
  });

  it('names what the pipeline does not take, and what it takes', () => {
    const check = () => checkParameters(new Set(['until']), { colour: 'red' });
    expect(check).toThrow(
      'parameters.colour: the pipeline has no such parameter; it takes: until',
    );
  });
});
