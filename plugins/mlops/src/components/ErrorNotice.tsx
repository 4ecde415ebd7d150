import { Button, ButtonLink } from '@backstage/ui';
import { MlopsApiError } from '@mlops-portal/plugin-mlops-common';
import { useForgetVisit } from '../home/useVisits';
import { useText } from '../hooks/useText';
import { StateShape } from './State';

/** What could not be loaded or done, why, and what to do next. The rest of the page stays. */
export function ErrorNotice(props: {
  /** The object in words: "Run 47". */
  what: string;
  error: Error;
  /** The error is of an act (not of loading). */
  act?: boolean;
  onRetry?: () => void;
}) {
  const { t } = useText();
  const { what, error } = props;
  const status = error instanceof MlopsApiError ? error.status : undefined;
  useForgetVisit(status === 404 && !props.act);
  const nextStep = () => {
    if (status === 404) return t('error.notFound', { what });
    if (status === 403) return t('error.forbidden');
    // A question that was refused is refused again: its reason says what to change.
    if (props.act || status === 400) return undefined;
    return t('error.next');
  };
  const next = nextStep();
  const reason =
    error instanceof TypeError ? t('error.offline') : error.message;
  return (
    <div className="ml-notice bad" role="alert">
      <StateShape state="failed" />
      <div>
        <strong>{t(props.act ? 'error.act' : 'error.title', { what })}</strong>
        <div>{reason}</div>
        {next && <div className="ml-2">{next}</div>}
      </div>
      {status === 404 && !props.act ? (
        <span className="ml-push">
          <ButtonLink
            href={`/search?query=${encodeURIComponent(what)}`}
            size="small"
            variant="secondary"
          >
            {t('error.search')}
          </ButtonLink>
        </span>
      ) : null}
      {props.onRetry && status !== 404 && (
        <span className="ml-push">
          <Button size="small" variant="secondary" onPress={props.onRetry}>
            {t('common.retry')}
          </Button>
        </span>
      )}
    </div>
  );
}
