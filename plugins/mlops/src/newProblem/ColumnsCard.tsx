import { Fragment } from 'react';
import { Select } from '@backstage/ui';
import {
  RiCalendarLine,
  RiHashtag,
  RiQuestionLine,
  RiText,
  RiToggleLine,
} from '@remixicon/react';
import { ColumnProfile, TableProfile } from '@mlops-portal/plugin-mlops-common';
import { Card, StateShape } from '../components';
import { useFormat } from '../hooks';
import { idOf, textOf } from './fieldError';
import { Choices, Role, ROLES } from './form';
import { Field, Problem, SECTIONS } from './problems';
import { MiniHistogram } from './MiniHistogram';
import { WrittenField } from './WrittenField';
import { useWords } from './useWords';

const ICONS = {
  number: RiHashtag,
  text: RiText,
  date: RiCalendarLine,
  flag: RiToggleLine,
};
/** The hub counts different values exactly up to here. */
const EXACT_DISTINCT = 10_000;

const FIELD_OF: Partial<Record<Role, Field>> = {
  target: 'target',
  time: 'time',
  entity: 'entity',
  excluded: 'exclude',
};

/** The problem that stands under a column's row: of its role and, where the hub names a column, of this one. */
function problemOf(
  column: string,
  choices: Choices,
  problems: Problem[],
): Problem | undefined {
  const field = FIELD_OF[choices.roles[column]];
  const problem = problems.find(p => p.field === field);
  if (!problem) return undefined;
  const mates = Object.keys(choices.roles).filter(
    name => choices.roles[name] === choices.roles[column],
  );
  const named = mates.find(name => problem.message?.includes(`'${name}'`));
  return (named ?? mates[0]) === column ? problem : undefined;
}

/** Every column with what it holds and the role it plays. */
export function ColumnsCard(props: {
  table: TableProfile;
  choices: Choices;
  problems: Problem[];
  onRole: (column: string, role: Role) => void;
  onWritten: (column: string, written: string) => void;
}) {
  const t = useWords();
  const { table, choices } = props;
  const ours = props.problems.filter(p =>
    (SECTIONS.columns as Field[]).includes(p.field),
  );
  const shown = table.columns.map(c => problemOf(c.name, choices, ours));
  const homeless = ours.filter(p => !shown.includes(p));
  return (
    <Card
      title={t('section.columns')}
      sub={t('columns.sub')}
      acts={<span className="ml-3 ml-s12">{t('columns.suggested')}</span>}
      flush
    >
      {homeless.map(problem => (
        <FieldNotice key={problem.field} problem={problem} />
      ))}
      <div className="ml-scroll">
        <table className="ml-table ml-new-columns">
          <thead>
            <tr>
              <th scope="col">{t('columns.column')}</th>
              <th scope="col" className="n">
                {t('columns.nulls')}
              </th>
              <th scope="col" className="n">
                {t('columns.distinct')}
              </th>
              <th scope="col">{t('columns.distribution')}</th>
              <th scope="col">{t('columns.samples')}</th>
              <th scope="col">{t('columns.role')}</th>
            </tr>
          </thead>
          <tbody>
            {table.columns.map((column, i) => (
              <Fragment key={column.name}>
                <ColumnRow
                  column={column}
                  rows={table.rows}
                  role={choices.roles[column.name]}
                  problem={shown[i]}
                  onRole={role => props.onRole(column.name, role)}
                  onWritten={written => props.onWritten(column.name, written)}
                />
                {shown[i] && (
                  <tr className="ml-new-problem">
                    <td colSpan={6}>
                      <FieldNotice problem={shown[i]!} bare />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function FieldNotice(props: { problem: Problem; bare?: boolean }) {
  const t = useWords();
  const { bare, problem } = props;
  const bad = problem.open ? '' : 'bad';
  return (
    <div
      className={bare ? `ml-row ${bad && 'ml-bad'}` : `ml-notice ${bad}`}
      role={bad ? 'alert' : 'status'}
      id={bare ? undefined : idOf(problem.field)}
    >
      <StateShape state={bad ? 'failed' : 'waiting'} />
      <span>{textOf(problem, t)}</span>
    </div>
  );
}

function ColumnRow(props: {
  column: ColumnProfile;
  rows: number;
  role: Role;
  problem?: Problem;
  onRole: (role: Role) => void;
  onWritten: (written: string) => void;
}) {
  const t = useWords();
  const format = useFormat();
  const { column, role, rows } = props;
  const Icon = column.kind ? ICONS[column.kind] : RiQuestionLine;
  const distinct = format.count(column.distinct);
  const field = FIELD_OF[role];
  return (
    <tr
      className={role === 'target' ? 'on' : undefined}
      id={field && props.problem ? idOf(field) : undefined}
    >
      <th scope="row">
        <code>{column.name}</code>
        <span className="ml-row ml-3 ml-s11" title={column.sourceType}>
          <Icon size={13} aria-hidden />
          {t(`kind.${column.kind ?? 'none'}`)}
        </span>
        <WrittenField column={column} onChoose={props.onWritten} />
      </th>
      <td className="n" data-label={t('columns.nulls')}>
        {format.percent(column.nulls / Math.max(rows, 1), 1)}
      </td>
      <td className="n" data-label={t('columns.distinct')}>
        {column.distinct > EXACT_DISTINCT
          ? t('columns.about', { n: distinct })
          : distinct}
      </td>
      <td data-label={t('columns.distribution')}>
        <MiniHistogram column={column} rows={rows} />
      </td>
      <td data-label={t('columns.samples')}>
        <code className="ml-new-samples" title={column.samples.join(' · ')}>
          {column.samples.slice(0, 3).join(' · ')}
        </code>
      </td>
      <td data-label={t('columns.role')}>
        <Select
          aria-label={t('columns.roleOf', { column: column.name })}
          size="small"
          className="ml-new-role"
          options={ROLES.map(id => ({ id, label: t(`role.${id}`) }))}
          value={role}
          onChange={key => props.onRole(key as Role)}
          isInvalid={Boolean(props.problem)}
        />
        {column.leftOut && role === 'feature' && (
          <div className="ml-3 ml-s11 ml-new-why">
            {t('columns.leftOut', { reason: column.leftOut })}
          </div>
        )}
      </td>
    </tr>
  );
}
