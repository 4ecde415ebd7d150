import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  entitySchemaValidator,
  makeValidator,
  parseEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { KIND_MODEL, ML_API_VERSION } from '@mlops-portal/plugin-mlops-common';
import type { HubModel } from './hubModels';

const validate = entitySchemaValidator();
const { isValidEntityName } = makeValidator();

/** Location of every entity that the provider makes. */
export const HUB_LOCATION = 'mlops-hub:models';

/**
 * The catalog entity of a model that no file declares.
 *
 * @throws InputError with model and reason where it would not be a sound entity
 */
export function modelEntity(model: HubModel): Entity {
  if (!model.owner) {
    throw new InputError(
      `Model ${model.name} has no owner: the hub knows no problem of this name; declare it in a catalog-info.yaml`,
    );
  }
  if (!isValidEntityName(model.name)) {
    throw new InputError(
      `Model ${model.name} is no sound entity: its name may hold letters, digits and -_. only, 63 at most`,
    );
  }
  try {
    parseEntityRef(model.owner, { defaultKind: 'group' });
    return validate({
      apiVersion: ML_API_VERSION,
      kind: KIND_MODEL,
      metadata: {
        name: model.name,
        ...(model.title ? { title: model.title } : {}),
        description: 'Known to the registry; no catalog-info.yaml declares it',
        annotations: {
          [ANNOTATION_LOCATION]: HUB_LOCATION,
          [ANNOTATION_ORIGIN_LOCATION]: HUB_LOCATION,
        },
      },
      spec: {
        type: 'model',
        lifecycle: 'experimental',
        owner: model.owner,
        registry: { provider: 'portal', name: model.name },
        ...(model.task ? { task: model.task } : {}),
      },
    });
  } catch (error) {
    throw new InputError(`Model ${model.name} is no sound entity`, error);
  }
}
