import { useState } from 'react';
import { RiFileCopyLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { EndpointDetail } from '@mlops-portal/plugin-mlops-common';
import { Card, Segmented } from '../components';
import { useQueryState, useText } from '../hooks';

/** The same request as code, ready to copy. */
export function CallItCard(props: { endpoint: EndpointDetail }) {
  const { t } = useText();
  const { snippets } = props.endpoint;
  const [language, setLanguage] = useQueryState('code', snippets[0]?.language);
  const [copied, setCopied] = useState<string>();
  const snippet = snippets.find(s => s.language === language) ?? snippets[0];
  if (!snippet) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(snippet.code);
    setCopied(snippet.language);
  };
  return (
    <Card
      title={t('call.title')}
      acts={
        <Segmented
          label={t('call.language')}
          value={snippet.language}
          onChange={setLanguage}
          options={snippets.map(s => ({ id: s.language, title: s.title }))}
        />
      }
    >
      <div className="ml-col">
        <pre
          className="ml-log"
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reachable by keyboard
          tabIndex={0}
          aria-label={snippet.title}
          role="region"
        >
          {snippet.code}
        </pre>
        <span className="ml-row">
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiFileCopyLine size={16} />}
            onPress={copy}
          >
            {t('call.copy')}
          </Button>
          <span className="ml-s12 ml-3" role="status">
            {copied === snippet.language ? t('call.copied') : ''}
          </span>
        </span>
      </div>
    </Card>
  );
}
