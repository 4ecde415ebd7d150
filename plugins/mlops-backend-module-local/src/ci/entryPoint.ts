const PACKAGE = '@mlops-portal/plugin-mlops-backend-module-local';

/**
 * Arguments for Node that start one of this package's own programs in a process of its own.
 * In a built portal that is a JavaScript file; in the repository the TypeScript source, through the loader of the Backstage CLI.
 */
export function entryPoint(name: 'ci-runner' | 'ci-copy'): string[] {
  const file = require.resolve(`${PACKAGE}/${name}`);
  if (!file.endsWith('.ts')) return [file];
  if (name === 'ci-copy')
    return ['--no-warnings', '--experimental-strip-types', file];
  return [
    '--require',
    require.resolve('@backstage/cli/config/nodeTransform.cjs'),
    file,
  ];
}
