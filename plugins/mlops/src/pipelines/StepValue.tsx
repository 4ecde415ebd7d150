import { useState } from 'react';
import { RiFileCopyLine, RiCheckLine } from '@remixicon/react';
import { ButtonIcon } from '@backstage/ui';
import { useFormat, useText } from '../hooks';
import { readValue } from './readValue';

/** What a step took or gave: numbers in the reader's language, structures folded and indented, places and digests short with the whole to copy. */
export function StepValue(props: { value: unknown }) {
  const format = useFormat();
  const { t } = useText();
  const read = readValue(props.value);
  if (read.kind === 'number')
    return (
      <>
        {Number.isInteger(read.number)
          ? format.count(read.number)
          : format.metric(read.number)}
      </>
    );
  if (read.kind === 'structure')
    return (
      <details className="ml-structure">
        <summary>
          {t(read.list ? 'step.list' : 'step.object', {
            n: format.count(read.size),
            count: read.size,
          })}{' '}
          <code className="ml-3">{read.keys}</code>
        </summary>
        <pre dir="ltr">{read.text}</pre>
      </details>
    );
  return (
    <span className="ml-row">
      <code title={read.text}>{read.short}</code>
      {read.short !== read.text && <Copy text={read.text} />}
    </span>
  );
}

function Copy(props: { text: string }) {
  const { t } = useText();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(props.text);
    setCopied(true);
  };
  return (
    <ButtonIcon
      size="small"
      variant="tertiary"
      aria-label={t(copied ? 'common.copied' : 'step.copy')}
      icon={copied ? <RiCheckLine size={14} /> : <RiFileCopyLine size={14} />}
      onPress={copy}
    />
  );
}
