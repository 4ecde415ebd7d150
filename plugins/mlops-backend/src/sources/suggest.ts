import { TableProfile } from '@mlops-portal/plugin-mlops-common';
import { ColumnFacts } from './facts';
import { OpenTable } from './table';

const TARGET_NAMES =
  /^(target|label|class|outcome|y|churn(ed)?|survived|default(ed)?|fraud|price|species|rating|هدف|برچسب)$/i;
const ENTITY_NAMES =
  /(^|[_ -])(id|key|code|no)$|id$|customer|client|user|account|store|shop|station|device|sensor|machine|city|origin|شهر|مشتری|فروشگاه/i;

/** Roles that names and types suggest; the example tables know theirs. */
export function suggestRoles(
  table: OpenTable,
  facts: ColumnFacts[],
): TableProfile['suggested'] {
  if (table.place.example) return { ...table.place.example.suggested };
  const usable = facts.filter(each => each.distinct > 1);
  const time = [...usable]
    .filter(each => each.kind === 'date' && each.known > 0.95 * table.rows)
    .sort((a, b) => Number(named(b)) - Number(named(a)))[0];
  const target = usable.find(
    each =>
      TARGET_NAMES.test(each.column.name.trim()) &&
      each !== time &&
      (each.numeric || each.distinct <= 50),
  );
  const entity = time
    ? usable.find(
        each =>
          each !== target &&
          each !== time &&
          ENTITY_NAMES.test(each.column.name.trim()) &&
          each.distinct <= table.rows / 20,
      )
    : undefined;
  return {
    ...(target ? { target: target.column.name } : {}),
    ...(time ? { time: time.column.name } : {}),
    entity: entity ? [entity.column.name] : [],
  };
}

function named(each: ColumnFacts): boolean {
  return /date|time|day|timestamp|تاریخ|زمان/i.test(each.column.name);
}
