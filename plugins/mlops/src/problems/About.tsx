import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import { EntityLink } from '../catalog/EntityLink';
import { Card, Facts } from '../components';
import { useText } from '../hooks';

/** What the problem is for, and where its parts are. */
export function About(props: { problem: ProblemDetail; title?: string }) {
  const { t, taskName, riskName } = useText();
  const { problem } = props;
  const repository = problem.repository;
  return (
    <Card title={props.title ?? t('problem.about')}>
      <Facts
        items={[
          [
            t('problem.objective'),
            problem.objective || (
              <span className="ml-3">{t('problem.noObjective')}</span>
            ),
          ],
          [t('problem.task'), taskName(problem.task)],
          [t('problem.riskClass'), riskName(problem.riskClass)],
          [t('problem.owner'), <EntityLink of={problem.owner} />],
          repository && [
            t('problem.repository'),
            <>
              {repository.webUrl ? (
                <a className="ml-link" href={repository.webUrl}>
                  <bdi dir="ltr">{repository.name}</bdi>
                </a>
              ) : (
                <bdi dir="ltr">{repository.name}</bdi>
              )}{' '}
              <span className="ml-3">
                @ <code>{repository.headCommit.slice(0, 7)}</code>
              </span>
            </>,
          ],
          repository && [
            t('problem.clone'),
            <code dir="ltr">
              {repository.cloneCommand ?? `git clone ${repository.cloneUrl}`}
            </code>,
          ],
          [
            t('problem.catalog'),
            <EntityLink of={`mlproblem:default/${problem.name}`} />,
          ],
        ]}
      />
    </Card>
  );
}
