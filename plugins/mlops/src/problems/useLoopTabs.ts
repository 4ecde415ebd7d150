import { useMemo } from 'react';
import { PageTab } from '../components';
import { useText } from '../hooks';
import { paths } from '../routes';

/** Problem, pipeline, model and endpoint carry one name: the same tabs lead around the loop from each of their pages. */
export function useLoopTabs(name: string): PageTab[] {
  const { t } = useText();
  return useMemo(
    () => [
      { title: t('problem.overview'), href: paths.problem(name) },
      { title: t('problem.runs'), href: paths.pipeline(name) },
      { title: t('problem.versions'), href: paths.model(name) },
      { title: t('problem.endpoint'), href: paths.endpoint(name), exact: true },
      { title: t('problem.monitoring'), href: paths.monitoring(name) },
      { title: t('problem.lineage'), href: paths.lineage(`problem:${name}`) },
    ],
    [t, name],
  );
}
