import { install } from './install.mjs';
import { livePid, portIsFree, runToEnd } from './processes.mjs';
import { prepareHome, ROOT, settings, writeConfig } from './settings.mjs';
import { Failure } from './terminal.mjs';
import { ensurePython } from './python.mjs';

/** Hot reload: the app on port 3000, the backend on the portal's port. Ends with Ctrl-C. */
export async function run() {
  const at = settings();
  if (livePid(at.pidFile))
    throw new Failure(
      'the portal runs already; end it with ./portal stop first.',
    );
  for (const port of [3000, at.port]) {
    if (!(await portIsFree(port)))
      throw new Failure(
        `port ${port} is taken by another program; end it and start again.`,
      );
  }
  prepareHome(at.home);
  await ensurePython(at.home);
  await install();
  const config = writeConfig(at);
  await runToEnd(
    'yarn',
    [
      'start',
      '--config',
      `${ROOT}/app-config.yaml`,
      '--config',
      config,
      '--config',
      `${ROOT}/app-config.development.yaml`,
    ],
    { cwd: ROOT, passThrough: true },
  );
  return 0;
}
