import { describeSourceEngineConformance } from '@mlops-portal/plugin-mlops-node/testUtils';
import { writeContent } from './__testUtils__/conformanceContent';
import { SECRET, startEngine, TOKEN } from './__testUtils__/startEngine';

describeSourceEngineConformance('Git on this machine', async () => {
  const { engine, home, dispose } = await startEngine();
  return {
    engine,
    token: TOKEN,
    secret: SECRET,
    content: kind => writeContent(home, kind),
    dispose,
  };
});
