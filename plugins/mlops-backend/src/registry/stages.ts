import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { DEFAULT_STAGES } from '@mlops-portal/plugin-mlops-common';

/** Stages that the gate of a run and the traffic of an endpoint move versions to. */
const MOVED_TO = ['candidate', 'staging', 'production', 'archived'] as const;
const NAME = /^[a-z][a-z0-9-]{0,30}$/;

/** The configured stages in order (mlops.stages), or the default ones. InputError names what is wrong with the list. */
export function stagesOf(config: RootConfigService): string[] {
  const given = config.getOptionalStringArray('mlops.stages');
  if (!given) return [...DEFAULT_STAGES];
  const refuse = (reason: string) => new InputError(`mlops.stages ${reason}`);
  const odd = given.find(stage => !NAME.test(stage));
  if (odd !== undefined) {
    throw refuse(
      `has "${odd}": a stage is named by lower-case letters, digits and dashes`,
    );
  }
  const twice = given.find((stage, i) => given.indexOf(stage) < i);
  if (twice) throw refuse(`has ${twice} twice`);
  const missing = MOVED_TO.filter(stage => !given.includes(stage));
  if (missing.length) {
    throw refuse(
      `lacks ${missing.join(
        ', ',
      )}: the gate and the traffic move versions there`,
    );
  }
  if (given[0] === 'production') {
    throw refuse('begins with production: a version begins at the first stage');
  }
  return given;
}
