import { useState } from 'react';
import { RiLinkM } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { useAct } from '../hooks/useAct';
import { useText } from '../hooks/useText';
import { ErrorNotice } from './ErrorNotice';

/** Copies the address of the page as it stands, with what is chosen on it; says so, until something else is chosen. */
export function CopyLink() {
  const { t } = useText();
  const { act, error } = useAct();
  const [copied, setCopied] = useState<string>();
  const copy = () =>
    act(async () => {
      const { href } = window.location;
      await navigator.clipboard.writeText(href);
      setCopied(href);
    });
  const done = copied === window.location.href;
  return (
    <>
      <Button
        size="small"
        variant="tertiary"
        iconStart={<RiLinkM size={16} />}
        onPress={copy}
      >
        {t(done ? 'common.copied' : 'common.copy')}
      </Button>
      <span className="ml-unseen" role="status">
        {done ? t('common.linkCopied') : ''}
      </span>
      {error && <ErrorNotice what={t('common.copy')} error={error} act />}
    </>
  );
}
