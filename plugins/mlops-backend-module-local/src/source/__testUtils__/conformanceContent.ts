import { promises as fs } from 'node:fs';
import path from 'node:path';
import { SourceContent } from '@mlops-portal/plugin-mlops-node/testUtils';

const CHECK = [
  'echo "checking $CI_COMMIT_SHA"',
  'echo "secret: $CONFORMANCE_TOKEN"',
];

function ciFile(check: string[], build: string[]): string {
  const script = (lines: string[]) =>
    lines.map(line => `    - '${line}'`).join('\n');
  return `stages: [test, build]
check:
  stage: test
  script:
${script(check)}
build:
  stage: build
  script:
${script(build)}
`;
}

const CI_FILES: Record<SourceContent, string | undefined> = {
  good: ciFile(CHECK, ['echo built']),
  bad: ciFile(CHECK, ['echo broken', 'exit 3']),
  slow: ciFile(['echo waiting', 'sleep 600'], ['echo built']),
  broken: 'check: [this is, {not: closed\n',
  none: undefined,
};

/** Writes the folder that the conformance suite asks for. */
export async function writeContent(
  root: string,
  kind: SourceContent,
): Promise<string> {
  const folder = path.join(root, `content-${kind}`);
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, 'README.md'), '# Conformance\n');
  await fs.writeFile(path.join(folder, 'run.sh'), '#!/bin/sh\nexit 0\n');
  await fs.chmod(path.join(folder, 'run.sh'), 0o755);
  const ci = CI_FILES[kind];
  if (ci) await fs.writeFile(path.join(folder, '.gitlab-ci.yml'), ci);
  return folder;
}
