/** URL of a repository's catalog-info.yaml on its default branch, in the form that GitLab uses too. */
export function catalogInfoUrlOf(repository: {
  cloneUrl: string;
  defaultBranch: string;
}): string {
  const base = repository.cloneUrl.replace(/\.git\/?$/, '');
  const branch = repository.defaultBranch
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return `${base}/-/blob/${branch}/catalog-info.yaml`;
}
