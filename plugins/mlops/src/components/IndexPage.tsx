import { ReactNode, useEffect, useRef, useState } from 'react';
import { Button, SearchField } from '@backstage/ui';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';
import { useText, useUrlFilters } from '../hooks';
import { CsvValue, exportRows } from './allRows';
import { ColumnChoice, useHiddenColumns } from './ColumnChoice';
import { DataColumn, DataTable, usePaged } from './DataTable';
import { EmptyState } from './EmptyState';
import { ExportButton } from './ExportButton';
import { FilterSelect } from './FilterSelect';
import { LoadState } from './LoadState';
import { Page } from './Page';

const REST_MS = 250;

export interface IndexColumn<T> extends DataColumn<T> {
  /** What stands in the CSV file; a column without it is left out there. */
  csv?: (row: T) => CsvValue;
}

/** A filter of the list; its value is in the URL under `name` and goes to `load`. */
export type IndexFilter =
  | { name: string; label: string; kind: 'text' | 'date' }
  | {
      name: string;
      label: string;
      kind: 'choice';
      options: Array<{ id: string; title: string }>;
    };

export interface IndexQuery {
  limit: number;
  offset: number;
  /** Set filters by name; one that is not set is absent. */
  filters: Record<string, string>;
}

export interface IndexPageProps<T> {
  title: string;
  /** Names the kept choice of columns and the exported file, e.g. 'models'. */
  name: string;
  columns: IndexColumn<T>[];
  rowKey: (row: T) => string;
  /** One page of the list; the hub pages and filters, never the page. */
  load: (
    client: MlopsClient,
    query: IndexQuery,
    signal: AbortSignal,
  ) => Promise<{ items: T[]; total: number }>;
  filters?: IndexFilter[];
  /** What an empty list teaches; with filters set, "nothing matches" stands instead. */
  empty: ReactNode;
  acts?: ReactNode;
  /** Stands between the filters and the table: figures, a notice. */
  summary?: (page: { items: T[]; total: number }) => ReactNode;
  refreshMs?: number;
  limit?: number;
  /** Also offers the rows as JSON. */
  json?: boolean;
}

/** The frame of every index page: head, filters in the URL, a table that the hub pages, choice of columns, CSV, and what an empty list teaches. */
export function IndexPage<T>(props: IndexPageProps<T>) {
  const { title, name, columns, load, filters = [] } = props;
  const chosen = useUrlFilters(filters.map(f => f.name));
  const [hidden, setHidden] = useHiddenColumns(name);
  const { hub, paging } = usePaged(
    (client, page, signal) =>
      load(client, { ...page, filters: chosen.values }, signal),
    [name, chosen.values],
    { refreshMs: props.refreshMs, limit: props.limit },
  );
  const exported = (client: MlopsClient, signal: AbortSignal) =>
    exportRows(
      page => load(client, { ...page, filters: chosen.values }, signal),
      columns,
    );
  const nothing = chosen.active ? (
    <NothingMatches onClear={chosen.clear} />
  ) : (
    props.empty
  );
  return (
    <Page title={title} acts={props.acts}>
      <div className="ml-tools" role="search" aria-label={title}>
        {filters.map(filter => (
          <FilterField
            key={filter.name}
            filter={filter}
            value={chosen.values[filter.name] ?? ''}
            onChange={value => chosen.set(filter.name, value)}
          />
        ))}
        <span className="ml-push ml-row">
          <ColumnChoice
            columns={columns}
            hidden={hidden}
            onChange={setHidden}
          />
          <ExportButton name={name} load={exported} json={props.json} />
        </span>
      </div>
      <LoadState of={hub} what={title} rows={6}>
        {page => (
          <>
            {props.summary?.(page)}
            <div className="ml-card">
              <DataTable
                label={title}
                columns={columns.filter(
                  (c, i) => i === 0 || !hidden.includes(c.id),
                )}
                rows={page.items}
                rowKey={props.rowKey}
                paging={paging}
                empty={nothing}
              />
            </div>
          </>
        )}
      </LoadState>
    </Page>
  );
}

function FilterField(props: {
  filter: IndexFilter;
  value: string;
  onChange: (value: string) => void;
}) {
  const { filter, value, onChange } = props;
  if (filter.kind === 'choice')
    return (
      <FilterSelect
        label={filter.label}
        options={filter.options}
        value={value || 'all'}
        onChange={id => onChange(id === 'all' ? '' : id)}
      />
    );
  if (filter.kind === 'date')
    return (
      <label className="ml-field ml-field-row">
        {filter.label}
        <input
          type="date"
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      </label>
    );
  return <TextFilter label={filter.label} value={value} onChange={onChange} />;
}

/** What is typed becomes the filter when the hand rests, so that not every letter asks the hub. */
function TextFilter(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, value } = props;
  const [text, setText] = useState(value);
  const change = useRef(props.onChange);
  change.current = props.onChange;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => change.current(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <SearchField
      size="small"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={setText}
    />
  );
}

function NothingMatches(props: { onClear: () => void }) {
  const { t } = useText();
  return (
    <EmptyState
      title={t('common.nothingMatches')}
      action={
        <Button size="small" variant="secondary" onPress={props.onClear}>
          {t('common.clearFilters')}
        </Button>
      }
    />
  );
}
