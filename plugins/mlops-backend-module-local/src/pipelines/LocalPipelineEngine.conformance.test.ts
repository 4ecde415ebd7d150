import { describePipelineEngineConformance } from '@mlops-portal/plugin-mlops-node/testUtils';
import { makePipelineBench } from './__testUtils__/pipelineBench';

describePipelineEngineConformance('LocalPipelineEngine', makePipelineBench);
