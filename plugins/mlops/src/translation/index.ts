import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { approvalMessages } from './approvals';
import { catalogMessages } from './catalog';
import { compareMessages } from './compare';
import { compareRunsMessages } from './compareRuns';
import { commonMessages } from './common';
import { datasetMessages } from './datasets';
import { stateMessages } from './states';
import { featurePanelMessages } from './featurePanel';
import { homeMessages } from './home';
import { navMessages } from './nav';
import { problemMessages } from './problems';
import { pipelineMessages } from './pipelines';
import { registryMessages } from './registry';
import { platformMessages } from './platform';
import { searchMessages } from './search';
import { servingMessages } from './serving';
import { monitoringMessages } from './monitoring';
import { lineageMessages } from './lineage';

/** Every English message by flat key; a language file gives the same keys. */
export const mlopsMessages = {
  ...approvalMessages,
  ...catalogMessages,
  ...commonMessages,
  ...compareMessages,
  ...compareRunsMessages,
  ...datasetMessages,
  ...stateMessages,
  ...featurePanelMessages,
  ...homeMessages,
  ...navMessages,
  ...problemMessages,
  ...pipelineMessages,
  ...registryMessages,
  ...platformMessages,
  ...searchMessages,
  ...servingMessages,
  ...monitoringMessages,
  ...lineageMessages,
};

export const mlopsTranslationRef = createTranslationRef({
  id: 'plugin.mlops',
  messages: mlopsMessages,
});
