import { ReactNode } from 'react';
import { Card, CsvButton, Segmented } from '../components';
import { useQueryState, useText } from '../hooks';
import { CompareTable, Section } from './CompareTable';
import { sectionsCsv } from './sectionsCsv';

/** The table of a comparison: what differs, or everything (in the URL), and all of it as CSV. */
export function SideBySide(props: {
  /** Name of the exported file without its ending. */
  file: string;
  /** `name` heads the column in the export. */
  columns: Array<{ id: string; name: string; title: ReactNode }>;
  sections: Section[];
}) {
  const { t } = useText();
  const [view, setView] = useQueryState('rows', 'differences');
  const { file, columns, sections } = props;
  return (
    <Card
      title={t('compare.sideBySide')}
      acts={
        <>
          <CsvButton
            name={file}
            rows={() =>
              sectionsCsv(
                columns.map(({ name }) => name),
                sections,
              )
            }
          />
          <Segmented
            label={t('compare.view')}
            value={view}
            onChange={setView}
            options={[
              { id: 'differences', title: t('compare.differences') },
              { id: 'everything', title: t('compare.everything') },
            ]}
          />
        </>
      }
      flush
    >
      <CompareTable
        columns={columns}
        sections={sections}
        all={view === 'everything'}
      />
    </Card>
  );
}
