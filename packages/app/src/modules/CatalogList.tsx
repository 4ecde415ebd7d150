import { ReactNode } from 'react';
import { CatalogTable } from '@backstage/plugin-catalog';
import {
  CatalogIndexPage,
  CatalogTableColumnsFunc,
} from '@backstage/plugin-catalog/alpha';
import './catalogList.css';

const { columns: column, defaultColumnsFunc } = CatalogTable;
/** Kinds whose own columns say more than owner, type and lifecycle. */
const OTHERS = ['user', 'group', 'domain', 'system', 'location', 'template'];

/** Name, owner, type, lifecycle and description, with the room that each needs; no column of links or tags. */
export const columnsOf: CatalogTableColumnsFunc = context => {
  const kind =
    context.entities[0]?.kind.toLocaleLowerCase('en-US') ??
    context.filters.kind?.value.toLocaleLowerCase('en-US');
  if (kind && OTHERS.includes(kind)) return defaultColumnsFunc(context);
  return [
    { ...column.createTitleColumn({ hidden: true }) },
    { ...column.createNameColumn({ defaultKind: kind }), width: '30%' },
    { ...column.createOwnerColumn(), width: '14%' },
    { ...column.createSpecTypeColumn(), width: '14%' },
    { ...column.createSpecLifecycleColumn(), width: '12%' },
    { ...column.createMetadataDescriptionColumn(), width: '30%' },
  ];
};

export function CatalogList(props: { filters: ReactNode[] }) {
  return (
    <div className="app-catalog">
      <CatalogIndexPage
        columns={columnsOf}
        actions={[]}
        filters={<>{props.filters}</>}
        pagination
        exportSettings={{ enabled: true }}
        tableOptions={{ tableLayout: 'auto' }}
      />
    </div>
  );
}
