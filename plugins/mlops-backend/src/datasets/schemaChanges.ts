import { DatasetColumn } from '@mlops-portal/plugin-mlops-common';
import { Profiles, SchemaColumn } from './datasetVersion';

/** Columns of a version with what differs from the one before; columns that are gone stand last. Without one before nothing differs. */
export function changedSchema(
  now: SchemaColumn[],
  before: SchemaColumn[] | undefined,
  profiles: Profiles = {},
): DatasetColumn[] {
  const was = new Map((before ?? []).map(column => [column.name, column]));
  const is = new Set(now.map(({ name }) => name));
  return [
    ...now.map(column => ({
      ...column,
      ...(before ? changeOf(column, was.get(column.name)) : {}),
      profile: profiles[column.name],
    })),
    ...(before ?? [])
      .filter(({ name }) => !is.has(name))
      .map(column => ({ ...column, change: 'removed' as const })),
  ];
}

/** Number of columns that differ; null where there is nothing to compare with. */
export function countChanges(
  now: SchemaColumn[],
  before: SchemaColumn[] | undefined,
): number | null {
  if (!before) return null;
  return changedSchema(now, before).filter(({ change }) => change).length;
}

function changeOf(
  now: SchemaColumn,
  before: SchemaColumn | undefined,
): Pick<DatasetColumn, 'change' | 'before'> {
  if (!before) return { change: 'added' };
  if (now.type && before.type && now.type !== before.type) {
    return { change: 'type', before: before.type };
  }
  if (now.role && before.role && now.role !== before.role) {
    return { change: 'role', before: before.role };
  }
  return {};
}
