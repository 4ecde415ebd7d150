import { ButtonLink } from '@backstage/ui';
import { Card } from '../../components';
import { paths } from '../../routes';
import { useWords } from '../useWords';
import { useMaking } from './useMaking';

/** What one can do with what exists: work in the repository meanwhile; once there is a version, look at it and put it to work. */
export function NextCard(props: { making: ReturnType<typeof useMaking> }) {
  const t = useWords();
  const { name, repository, run } = props.making;
  const version = run?.versionMade;
  return (
    <Card title={t(version ? 'progress.next' : 'progress.while')}>
      <div className="ml-col ml-gap-16">
        {version && (
          <div className="ml-col">
            <p className="ml-2">{t('progress.deploy', { version })}</p>
            <div>
              <ButtonLink
                variant="secondary"
                size="small"
                href={paths.version(name, version)}
              >
                {t('progress.openVersion', { version })}
              </ButtonLink>
            </div>
          </div>
        )}
        <div className="ml-col">
          <p className="ml-2">{t('progress.clone')}</p>
          <pre className="ml-log wrap">git clone {repository?.cloneUrl}</pre>
        </div>
      </div>
    </Card>
  );
}
