/** Who may import what; see docs/architecture.md. Tests may reach further: they boot the whole thing. */
const TESTS = '(\\.test\\.tsx?$|testUtils|__testUtils__|__fixtures__|/dev/)';

function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from: { pathNot: TESTS, ...from }, to };
}

module.exports = {
  forbidden: [
    forbid('common-stands-alone', 'the vocabulary runs in browser and backend and knows neither', { path: '^plugins/mlops-common/src' }, { path: '^(plugins/(?!mlops-common/)|packages/)' }),
    forbid('contracts-know-no-hub', 'contracts see the vocabulary only', { path: '^plugins/mlops-node/src' }, { path: '^(plugins/(?!mlops-(common|node)/)|packages/)' }),
    forbid('hub-names-no-engine', 'the hub knows no vendor', { path: '^plugins/mlops-backend/src' }, { path: '^(plugins/(?!mlops-(common|node|backend)/)|packages/)' }),
    forbid('engine-sees-contracts-only', 'an engine sees vocabulary, contracts and its one system', { path: '^plugins/(mlops-backend-module-[^/]+)/src' }, { path: '^(plugins/|packages/)', pathNot: '^plugins/(mlops-common|mlops-node|$1)/' }),
    forbid('frontend-sees-common-only', 'the pages see the vocabulary and its client', { path: '^plugins/mlops/src' }, { path: '^(plugins/(?!mlops(-common)?/)|packages/)' }),
    forbid('modules-of-others-see-no-hub', 'modules of other plugins speak to the hub over its API, with the client in mlops-node', { path: '^plugins/(catalog|scaffolder|search)-backend-module-mlops/src' }, { path: '^plugins/mlops(-backend[^/]*|)/' }),
    {
      name: 'slices-meet-in-slices-ts',
      comment: 'a slice of the hub uses another one through its interface only',
      severity: 'error',
      from: { path: '^plugins/mlops-backend/src/(pipelines|serving|registry|monitoring|retraining|lineage|problems|sources|datasets)/', pathNot: TESTS },
      to: { path: '^plugins/mlops-backend/src/(pipelines|serving|registry|monitoring|retraining|lineage|problems|sources|datasets)/', pathNot: '^plugins/mlops-backend/src/$1/' },
    },
    { name: 'no-circles', comment: 'modules that need each other are one module', severity: 'error', from: { pathNot: TESTS }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/dist-types/|node_modules/(?!@mlops-portal))' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
