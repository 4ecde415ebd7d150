import { useEffect, useState } from 'react';
import { Button, TextField } from '@backstage/ui';
import { TableProfile, TableSource } from '@mlops-portal/plugin-mlops-common';
import { Card, ErrorNotice, Segmented, State } from '../components';
import { useFormat, useHub } from '../hooks';
import { EncodingField } from './EncodingField';
import { ExampleChoice } from './ExampleChoice';
import { idOf } from './fieldError';
import { Draft } from './form';
import { Problem } from './problems';
import { UploadField } from './UploadField';
import { Answer } from './useAnswer';
import { useWords } from './useWords';

type Kind = TableSource['kind'];
const KINDS: Kind[] = ['example', 'path', 'url', 'upload'];

/** Where the table is; it is read as soon as that is said. */
export function SourceCard(props: {
  draft: Draft;
  table: Answer<TableProfile>;
  problems: Problem[];
  update: (changes: Partial<Draft>) => void;
}) {
  const t = useWords();
  const { draft, table, update } = props;
  const [kind, setKind] = useState<Kind>(draft.source?.kind ?? 'example');
  useEffect(() => {
    if (draft.source) setKind(draft.source.kind);
  }, [draft.source]);
  const places = useHub(
    (client, signal) => client.listExamples({ signal }),
    ['sources'],
  );
  const read = (source: TableSource, uploadName?: string) =>
    update({
      source,
      uploadName,
      // What was said of the columns of another table means nothing here.
      roles: {},
      outcome: undefined,
      operator: undefined,
      threshold: undefined,
      positiveClass: undefined,
      written: {},
      trainUntil: undefined,
    });
  return (
    <Card
      title={t('section.source')}
      acts={
        <Segmented
          label={t('source.kind')}
          options={KINDS.map(id => ({ id, title: t(`source.${id}`) }))}
          value={kind}
          onChange={id => setKind(id as Kind)}
        />
      }
    >
      <div className="ml-col" id={idOf('source')}>
        {kind === 'example' && (
          <ExampleChoice
            examples={places.value?.examples ?? []}
            chosen={
              draft.source?.kind === 'example'
                ? draft.source.example
                : undefined
            }
            onChoose={example => read({ kind: 'example', example })}
          />
        )}
        {kind === 'path' && (
          <AddressField
            key="path"
            kind="path"
            allowed={places.value?.allowedFolders}
            value={draft.source?.kind === 'path' ? draft.source.path : ''}
            onRead={path => read({ kind: 'path', path })}
          />
        )}
        {kind === 'url' && (
          <AddressField
            key="url"
            kind="url"
            allowed={places.value?.allowedHosts}
            value={draft.source?.kind === 'url' ? draft.source.url : ''}
            onRead={url => read({ kind: 'url', url })}
          />
        )}
        {kind === 'upload' && (
          <UploadField
            maxBytes={places.value?.maxUploadBytes}
            uploaded={
              draft.source?.kind === 'upload' ? draft.uploadName : undefined
            }
            onUploaded={(uploadId, name) =>
              read({ kind: 'upload', uploadId }, name)
            }
          />
        )}
        {places.error && (
          <ErrorNotice
            what={t('source.examples')}
            error={places.error}
            onRetry={places.refresh}
          />
        )}
        <ReadState table={table} problems={props.problems} />
        {table.value?.encoding && draft.source && (
          <EncodingField
            found={table.value.encoding}
            onChoose={encoding =>
              update({ source: { ...draft.source!, encoding } as TableSource })
            }
          />
        )}
      </div>
    </Card>
  );
}

function ReadState(props: {
  table: Answer<TableProfile>;
  problems: Problem[];
}) {
  const t = useWords();
  const format = useFormat();
  const { asking, error, value, askAgain } = props.table;
  const refused = props.problems.find(p => p.field === 'source' && p.message);
  if (asking) {
    return (
      <span role="status">
        <State state="running">{t('source.reading')}</State>
      </span>
    );
  }
  if (error) {
    return (
      <ErrorNotice what={t('source.failed')} error={error} onRetry={askAgain} />
    );
  }
  if (!value) return null;
  return (
    <div className="ml-row wrap">
      <State state={refused ? 'failed' : 'succeeded'}>
        {refused?.message ?? t('source.read')}
      </State>
      <span className="ml-2 ml-s12" role="status">
        {t('source.fact', {
          rows: format.count(value.rows),
          columns: format.count(value.columns.length),
          size: format.bytes(value.sizeBytes),
          span:
            value.readMs < 1000
              ? format.number(value.readMs / 1000, {
                  style: 'unit',
                  unit: 'second',
                  unitDisplay: 'short',
                  maximumFractionDigits: 1,
                })
              : format.span(value.readMs / 1000),
        })}
      </span>
      <span className="ml-push">
        <Button size="small" variant="tertiary" onPress={askAgain}>
          {t('source.readAgain')}
        </Button>
      </span>
    </div>
  );
}

/** A path or URL that is read on Enter or with the button. */
function AddressField(props: {
  kind: 'path' | 'url';
  allowed?: string[];
  value: string;
  onRead: (value: string) => void;
}) {
  const t = useWords();
  const [text, setText] = useState(props.value);
  const read = () => {
    if (text.trim()) props.onRead(text.trim());
  };
  const places = props.allowed?.length
    ? props.allowed.join(', ')
    : t('source.nowhere');
  return (
    <form
      className="ml-new-address"
      onSubmit={event => {
        event.preventDefault();
        read();
      }}
    >
      <TextField
        label={t(`source.${props.kind}Label`)}
        description={
          props.kind === 'path'
            ? t('source.pathHelp', { folders: places })
            : t('source.urlHelp', { hosts: places })
        }
        value={text}
        onChange={setText}
      />
      <Button variant="secondary" type="submit" isDisabled={!text.trim()}>
        {t('source.read')}
      </Button>
    </form>
  );
}
