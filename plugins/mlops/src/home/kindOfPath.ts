const OBJECTS: Record<string, string> = {
  problems: 'problem',
  datasets: 'data',
  'feature-views': 'features',
  pipelines: 'pipeline',
  runs: 'run',
  models: 'model',
  approvals: 'approval',
  endpoints: 'endpoint',
  alerts: 'alert',
};
/** Pages of an object that are a kind of their own. */
const PARTS: Record<string, string> = {
  monitoring: 'monitoring',
  versions: 'version',
};

/** Which kind of object a page of the portal is about, by its path: undefined for lists and for pages that say it in their title. */
export function kindOfPath(path: string): string | undefined {
  const [, root, area, name, part] = path.split('?')[0].split('/');
  if (root !== 'ml' || !name) return undefined;
  if (name === 'new') return part && 'creation';
  if (part === 'compare') return undefined;
  return PARTS[part ?? ''] ?? OBJECTS[area];
}
