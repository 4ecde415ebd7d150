import { Entity } from '@backstage/catalog-model';
import { loopNameOf } from './names';

function entity(over: Partial<Entity>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: { name: 'flight-late-endpoint' },
    spec: { type: 'ml-endpoint' },
    ...over,
  };
}

describe('loopNameOf', () => {
  it('follows an endpoint to the model that it deploys', () => {
    const api = entity({
      metadata: { name: 'lateness' },
      relations: [
        { type: 'ownedBy', targetRef: 'group:default/ml' },
        { type: 'deploys', targetRef: 'mlmodel:default/flight-late' },
      ],
    });
    expect(loopNameOf(api)).toBe('flight-late');
  });

  it('follows a pipeline to the model that it trains', () => {
    const component = entity({
      kind: 'Component',
      metadata: { name: 'nightly' },
      spec: { type: 'ml-pipeline' },
      relations: [{ type: 'trains', targetRef: 'mlmodel:default/flight-late' }],
    });
    expect(loopNameOf(component)).toBe('flight-late');
  });

  it('takes the name without what the template appends where no model is told', () => {
    expect(loopNameOf(entity({}))).toBe('flight-late');
    const component = entity({
      kind: 'Component',
      metadata: { name: 'flight-late-pipeline' },
      spec: { type: 'ml-pipeline' },
    });
    expect(loopNameOf(component)).toBe('flight-late');
  });

  it('keeps the suffix of a name that is not of its kind', () => {
    const problem = entity({
      kind: 'MLProblem',
      metadata: { name: 'free-endpoint' },
      spec: { type: 'binary' },
    });
    expect(loopNameOf(problem)).toBe('free-endpoint');
  });

  it('asks the registry by the name that a model has there', () => {
    const model = entity({
      kind: 'MLModel',
      metadata: { name: 'late' },
      spec: {
        type: 'onnx',
        registry: { provider: 'portal', name: 'flight-late' },
      },
    });
    expect(loopNameOf(model)).toBe('flight-late');
  });
});
