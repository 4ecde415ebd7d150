import { RiDownloadLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';
import { useAct, useText } from '../hooks';
import { toCsv } from './csv';
import { download } from './download';
import { ErrorNotice } from './ErrorNotice';

/** Saves a whole list, not only the page that is shown, as CSV and where wanted as JSON; asks the hub when it is pressed. */
export function ExportButton(props: {
  /** Name of the file without its ending. */
  name: string;
  load: (
    client: MlopsClient,
    signal: AbortSignal,
  ) => Promise<{ rows: unknown[]; cells: string[][] }>;
  json?: boolean;
}) {
  const { t } = useText();
  const { act, busy, error } = useAct();
  const save = async (form: 'csv' | 'json') => {
    const all = await act(props.load);
    if (!all) return;
    if (form === 'csv')
      download(`${props.name}.csv`, 'text/csv', toCsv(all.cells));
    else
      download(
        `${props.name}.json`,
        'application/json',
        JSON.stringify(all.rows, null, 2),
      );
  };
  return (
    <>
      <Button
        size="small"
        variant="tertiary"
        isPending={busy}
        iconStart={<RiDownloadLine size={16} />}
        onPress={() => save('csv')}
      >
        {t('common.csv')}
      </Button>
      {props.json && (
        <Button
          size="small"
          variant="tertiary"
          isDisabled={busy}
          onPress={() => save('json')}
        >
          {t('common.json')}
        </Button>
      )}
      {error && <ErrorNotice what={t('common.csv')} error={error} act />}
    </>
  );
}
