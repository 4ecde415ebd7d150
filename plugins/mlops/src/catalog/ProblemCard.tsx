import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import { LoadState, TabBody } from '../components';
import { useText } from '../hooks';
import { Attention } from '../problems/Attention';
import { Loop } from '../problems/Loop';
import { useProblem } from '../problems/ProblemOverview';
import { paths } from '../routes';
import { loopNameOf } from './names';

/** Where does this problem stand? The loop as a picture with live state, and what needs a person. */
export function ProblemCard() {
  const { entity } = useEntity();
  const { t } = useText();
  const name = loopNameOf(entity);
  const hub = useProblem(name);
  return (
    <TabBody>
      <LoadState of={hub} what={`${t('noun.problem')} ${name}`} rows={6}>
        {problem => (
          <>
            <Loop
              problem={problem}
              loadedAt={hub.loadedAt}
              acts={
                <ButtonLink
                  href={paths.problem(name)}
                  size="small"
                  variant="secondary"
                >
                  {t('catalog.openProblem')}
                </ButtonLink>
              }
            />
            <Attention items={problem.attention} />
          </>
        )}
      </LoadState>
    </TabBody>
  );
}
