import { useEffect, useRef, useState } from 'react';
import { RiDownloadLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { ErrorNotice } from '../components';
import { useFormat, useText } from '../hooks';
import { LoadLog, useLog } from './useLog';

/** A log that follows its end until one scrolls up; wrap and download beside it. */
export function LogView(props: { load: LoadLog; name: string; title: string }) {
  const { t } = useText();
  const format = useFormat();
  const log = useLog(props.load, props.name);
  const [wrap, setWrap] = useState(false);
  const [follow, setFollow] = useState(true);
  const box = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [follow, log.text]);
  const onScroll = () => {
    const at = box.current!;
    setFollow(at.scrollHeight - at.scrollTop - at.clientHeight < 24);
  };
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(
      new Blob([log.text], { type: 'text/plain' }),
    );
    link.download = `${props.name.replace(/[^\w.-]+/g, '-')}.log`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const lines = log.text ? log.text.trimEnd().split('\n').length : 0;
  return (
    <div className="ml-col">
      <div className="ml-row wrap">
        <h3>{t('step.log')}</h3>
        <span className="ml-s12 ml-3">
          {t('step.lines', { n: format.count(lines) })}
          {!log.complete && follow && `, ${t('step.following')}`}
        </span>
        <span className="ml-push ml-row">
          {!follow && (
            <Button
              size="small"
              variant="tertiary"
              onPress={() => setFollow(true)}
            >
              {t('step.follow')}
            </Button>
          )}
          <Button
            size="small"
            variant="tertiary"
            aria-pressed={wrap}
            onPress={() => setWrap(!wrap)}
          >
            {t('step.wrap')}
          </Button>
          <Button
            size="small"
            variant="tertiary"
            isDisabled={!log.text}
            iconStart={<RiDownloadLine size={16} />}
            onPress={download}
          >
            {t('step.download')}
          </Button>
        </span>
      </div>
      {log.error && !log.text && (
        <ErrorNotice what={props.title} error={log.error} />
      )}
      <pre
        ref={box}
        className={`ml-log${wrap ? ' wrap' : ''}`}
        role="log"
        aria-label={props.title}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        {log.text || <span className="ml-3">{t('step.noLog')}</span>}
      </pre>
    </div>
  );
}
