import { describePipelineEngineConformance } from '@mlops-portal/plugin-mlops-node/testUtils';
import { makePipelineBench } from './pipelineFixture';

describePipelineEngineConformance('LocalPipelineEngine', makePipelineBench);
