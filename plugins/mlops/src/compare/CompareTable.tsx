import { Fragment, ReactNode } from 'react';
import { ScrollBox } from '../components';
import { useFormat, useText } from '../hooks';

export interface CompareRow {
  name: string;
  /** One per column; plain text is code, a figure or a date. */
  values: ReactNode[];
  /** The same as plain text, for the export, where a value is more than that. */
  texts?: string[];
  differs: boolean;
  /** Index of the better one; null: the same; undefined: not judged. */
  better?: number | null;
}
export interface Section {
  title: string;
  /** What to mind when reading it. */
  note?: string;
  rows: CompareRow[];
}

/** Sections of rows, one column for each that is compared; rows that are the same in all are hidden and counted unless `all`. */
export function CompareTable(props: {
  columns: Array<{ id: string; title: ReactNode }>;
  sections: Section[];
  all: boolean;
}) {
  const { t } = useText();
  const format = useFormat();
  const hidden = props.sections
    .flatMap(s => s.rows)
    .filter(r => !r.differs).length;
  const width = props.columns.length + 1;
  return (
    <>
      <ScrollBox label={t('compare.sideBySide')}>
        <table className="ml-table">
          <thead>
            <tr>
              <th scope="col">
                <span className="ml-sr">{t('compare.what')}</span>
              </th>
              {props.columns.map(column => (
                <th key={column.id} scope="col">
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.sections.map(section => {
              const rows = section.rows.filter(r => props.all || r.differs);
              return (
                <Fragment key={section.title}>
                  <tr className="group">
                    <th scope="colgroup" colSpan={width}>
                      {section.title}{' '}
                      {section.note && (
                        <span
                          className="ml-s12 ml-3"
                          style={{ fontWeight: 400 }}
                        >
                          {section.note}
                        </span>
                      )}
                    </th>
                  </tr>
                  {rows.length === 0 && (
                    <tr>
                      <td colSpan={width} className="ml-3">
                        {t('compare.noneDiffer')}
                      </td>
                    </tr>
                  )}
                  {rows.map(row => (
                    <Row key={row.name} row={row} />
                  ))}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
      {!props.all && hidden > 0 && (
        <div className="ml-card-foot">
          {t('compare.hidden', { n: format.count(hidden) })}
        </div>
      )}
    </>
  );
}

function Row(props: { row: CompareRow }) {
  const { t } = useText();
  const { row } = props;
  return (
    <tr>
      <th scope="row" style={{ fontWeight: 400 }}>
        {row.name}
      </th>
      {row.values.map((value, i) => (
        <td key={i}>
          {typeof value === 'string' ? <bdi dir="ltr">{value}</bdi> : value}
          {row.better === i && (
            <span className="ml-ok ml-s12"> {t('compare.better')}</span>
          )}
        </td>
      ))}
    </tr>
  );
}
