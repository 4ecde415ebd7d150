import { RiDownloadLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { useText } from '../hooks';
import { toCsv } from './csv';
import { download } from './download';

/** Saves a table as CSV; `rows` is asked when it is pressed, the first row names the columns. */
export function CsvButton(props: {
  /** Name of the file without its ending. */
  name: string;
  rows: () => Array<Array<string | number | null | undefined>>;
}) {
  const { t } = useText();
  const { name, rows } = props;
  return (
    <Button
      size="small"
      variant="tertiary"
      iconStart={<RiDownloadLine size={16} />}
      onPress={() =>
        download(
          `${name}.csv`,
          'text/csv',
          toCsv(rows().map(row => row.map(value => String(value ?? '')))),
        )
      }
    >
      {t('common.csv')}
    </Button>
  );
}
