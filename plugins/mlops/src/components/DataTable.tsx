import { ReactNode, useMemo } from 'react';
import {
  Cell,
  Column,
  ColumnConfig,
  Table,
  TableSelection,
} from '@backstage/ui';
import { Button } from '@backstage/ui';
import { HubValue, useFormat, useHub, useQueryState, useText } from '../hooks';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';

export interface DataColumn<T> {
  id: string;
  title: string;
  /** What the cell shows; the first column names the row and should hold a link. */
  cell: (row: T) => ReactNode;
  /** Figures stand at the end of their column. */
  end?: boolean;
  /** Long text may break into lines. */
  wrap?: boolean;
}

export interface Paging {
  total: number;
  limit: number;
  offset: number;
  onOffset: (offset: number) => void;
}

/** Table over Backstage UI's: server paging with its place in the URL, rows named by their first cell. */
export function DataTable<T>(props: {
  label: string;
  columns: DataColumn<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  paging?: Paging;
  selection?: TableSelection;
  empty?: ReactNode;
  foot?: ReactNode;
}) {
  const data = useMemo(
    () => props.rows.map(row => ({ id: props.rowKey(row), row })),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rowKey is a pure function of the row
    [props.rows],
  );
  const columnConfig: ColumnConfig<{ id: string; row: T }>[] =
    props.columns.map((column, i) => ({
      id: column.id,
      label: column.title,
      isRowHeader: i === 0,
      header: () => (
        <Column
          isRowHeader={i === 0}
          className={column.end ? 'ml-end' : undefined}
        >
          {column.title}
        </Column>
      ),
      cell: item => (
        <Cell className={classOf(column)}>
          {i > 0 && (
            <span className="ml-cell-label" aria-hidden>
              {column.title}
            </span>
          )}
          {column.cell(item.row)}
        </Cell>
      ),
    }));
  if (!props.rows.length && props.empty) return <>{props.empty}</>;
  return (
    <div className="ml-data">
      <div className="ml-scroll">
        <Table
          columnConfig={columnConfig}
          data={data}
          pagination={{ type: 'none' }}
          selection={props.selection}
        />
      </div>
      {(props.foot || isPaged(props.paging)) && (
        <div className="ml-card-foot">
          {props.foot}
          {props.paging && <Pager {...props.paging} />}
        </div>
      )}
    </div>
  );
}

function classOf<T>(column: DataColumn<T>): string | undefined {
  if (column.end) return 'ml-end ml-num';
  return column.wrap ? 'wrap' : undefined;
}

function isPaged(paging?: Paging): boolean {
  return !!paging && (paging.total > paging.limit || paging.offset > 0);
}

function Pager(props: Paging) {
  const { t } = useText();
  const format = useFormat();
  const { total, limit, offset } = props;
  if (!isPaged(props)) return null;
  return (
    <span className="ml-push ml-row">
      {t('common.pageOf', {
        from: format.count(Math.min(offset + 1, total)),
        to: format.count(Math.min(offset + limit, total)),
        total: format.count(total),
      })}
      <Button
        size="small"
        variant="secondary"
        isDisabled={offset === 0}
        onPress={() => props.onOffset(Math.max(0, offset - limit))}
      >
        {t('common.previous')}
      </Button>
      <Button
        size="small"
        variant="secondary"
        isDisabled={offset + limit >= total}
        onPress={() => props.onOffset(offset + limit)}
      >
        {t('common.next')}
      </Button>
    </span>
  );
}

/** Give this to `useQueryState` of a filter, so that a new filter starts at the first page. */
export const RESETS_PAGE = ['from'];

/** One page of a list of the hub; the offset is in the URL (?from=50). */
export function usePaged<T>(
  load: (
    client: MlopsClient,
    page: { limit: number; offset: number },
    signal: AbortSignal,
  ) => Promise<{ items: T[]; total: number }>,
  deps: readonly unknown[],
  options: { limit?: number; refreshMs?: number } = {},
): { hub: HubValue<{ items: T[]; total: number }>; paging: Paging } {
  const limit = options.limit ?? 25;
  const [from, setFrom] = useQueryState('from', '0');
  const offset = Math.max(0, Number.parseInt(from, 10) || 0);
  const hub = useHub(
    (client, signal) => load(client, { limit, offset }, signal),
    [...deps, limit, offset],
    { refreshMs: options.refreshMs },
  );
  return {
    hub,
    paging: {
      total: hub.value?.total ?? 0,
      limit,
      offset,
      onOffset: next => setFrom(String(next)),
    },
  };
}
