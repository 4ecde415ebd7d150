import { useLocation } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import { Card, EmptyState } from '../components';
import { useDocumentTitle } from '../components/useDocumentTitle';
import { useText } from '../hooks';
import { paths } from '../routes';
import { ML_ROOT } from '../theme/styles';

/** An address that leads nowhere: says which one, and offers the search with its words, the problems, and home. */
export function NoPage() {
  const { t } = useText();
  const { pathname } = useLocation();
  useDocumentTitle(t('noPage.title'));
  const words = decoded(pathname)
    .split('/')
    .filter(part => part && part !== 'ml')
    .join(' ');
  return (
    <div className={`${ML_ROOT} ml-page`}>
      <header className="ml-head">
        <div className="ml-title">
          <h1>{t('noPage.title')}</h1>
        </div>
      </header>
      <main className="ml-body">
        <Card title={<code dir="ltr">{decoded(pathname)}</code>} flush>
          <EmptyState
            title={t('noPage.text')}
            action={
              <span className="ml-row wrap">
                <ButtonLink
                  size="small"
                  variant="primary"
                  href={`/search?query=${encodeURIComponent(words)}`}
                >
                  {t('noPage.search', { words })}
                </ButtonLink>
                <ButtonLink
                  size="small"
                  variant="secondary"
                  href={paths.problems()}
                >
                  {t('problems.title')}
                </ButtonLink>
                <ButtonLink
                  size="small"
                  variant="secondary"
                  href={paths.home()}
                >
                  {t('noun.home')}
                </ButtonLink>
              </span>
            }
          >
            {t('noPage.why')}
          </EmptyState>
        </Card>
      </main>
    </div>
  );
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
