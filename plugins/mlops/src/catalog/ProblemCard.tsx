import { useEntity } from '@backstage/plugin-catalog-react';
import { LoadState, TabBody } from '../components';
import { useText } from '../hooks';
import { ProblemActs } from '../problems/ProblemActs';
import { ProblemOverview, useProblem } from '../problems/ProblemOverview';
import { loopNameOf } from './names';
import { NotYet } from './NotYet';

/** Where does this problem stand? The same cards and acts as on the problem's own page. */
export function ProblemCard() {
  const { entity } = useEntity();
  const { t } = useText();
  const name = loopNameOf(entity);
  const hub = useProblem(name);
  return (
    <TabBody>
      <NotYet of={hub} title={t('problem.where')} text={t('catalog.noProblem')}>
        <LoadState of={hub} what={`${t('noun.problem')} ${name}`} rows={6}>
          {problem => (
            <ProblemOverview
              problem={problem}
              loadedAt={hub.loadedAt}
              about={t('catalog.problemFacts')}
              acts={<ProblemActs problem={problem} onChanged={hub.refresh} />}
            />
          )}
        </LoadState>
      </NotYet>
    </TabBody>
  );
}
