import { useEffect, useId, useRef, useState } from 'react';
import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { MlopsApiError } from '@mlops-portal/plugin-mlops-common';
import { ErrorNotice, State } from '../components';
import { useFormat } from '../hooks';
import { useWords } from './useWords';

/** A file of the reader's own machine; it is sent as soon as it is chosen. */
export function UploadField(props: {
  maxBytes?: number;
  /** Name of the file that is already there. */
  uploaded?: string;
  onUploaded: (uploadId: string, name: string) => void;
}) {
  const t = useWords();
  const format = useFormat();
  const id = useId();
  const { fetch } = useApi(fetchApiRef);
  const [sending, setSending] = useState<string>();
  const [failed, setFailed] = useState<{ name: string; error: Error }>();
  const stop = useRef<AbortController>();
  useEffect(() => () => stop.current?.abort(), []);

  const send = async (file: File) => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setSending(file.name);
    setFailed(undefined);
    try {
      const response = await fetch(
        `plugin://mlops/sources/uploads?name=${encodeURIComponent(file.name)}`,
        { method: 'POST', body: file, signal: controller.signal },
      );
      const answer = await response.json().catch(() => ({}));
      if (!response.ok) {
        throw new MlopsApiError(response.status, answer.error ?? {});
      }
      props.onUploaded(answer.uploadId, file.name);
    } catch (error) {
      if (controller.signal.aborted) return;
      setFailed({ name: file.name, error: toError(error) });
    }
    setSending(undefined);
  };

  return (
    <div className="ml-col">
      <label htmlFor={id} className="ml-new-label">
        {t('source.uploadLabel', { size: format.bytes(props.maxBytes ?? 0) })}
      </label>
      <input
        id={id}
        className="ml-new-file"
        type="file"
        accept=".csv,.parquet"
        onChange={event => {
          const file = event.target.files?.[0];
          if (file) send(file);
        }}
      />
      <span role="status">
        {sending ? (
          <State state="running">
            {t('source.uploading', { name: sending })}
          </State>
        ) : (
          props.uploaded && (
            <State state="succeeded">
              {t('source.uploaded', { name: props.uploaded })}
            </State>
          )
        )}
      </span>
      {failed && (
        <ErrorNotice
          what={t('source.uploadFailed', { name: failed.name })}
          error={failed.error}
          act
        />
      )}
    </div>
  );
}
