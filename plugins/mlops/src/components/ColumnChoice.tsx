import { useCallback, useState } from 'react';
import { RiTableLine } from '@remixicon/react';
import {
  Button,
  Checkbox,
  CheckboxGroup,
  DialogTrigger,
  Popover,
} from '@backstage/ui';
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useText } from '../hooks';

const BUCKET = 'mlops-columns';

/** Columns that this person hid in a table, kept with their settings under the name of the table. */
export function useHiddenColumns(
  table: string,
): [string[], (hidden: string[]) => void] {
  const bucket = useApi(storageApiRef).forBucket(BUCKET);
  const [hidden, setHidden] = useState(
    () => bucket.snapshot<string[]>(table).value ?? [],
  );
  const keep = useCallback(
    (next: string[]) => {
      setHidden(next);
      bucket.set(table, next);
    },
    [bucket, table],
  );
  return [hidden, keep];
}

/** Which columns a table shows; the first names the row and stays. */
export function ColumnChoice(props: {
  columns: Array<{ id: string; title: string }>;
  hidden: string[];
  onChange: (hidden: string[]) => void;
}) {
  const { t } = useText();
  const choices = props.columns.slice(1);
  return (
    <DialogTrigger>
      <Button
        size="small"
        variant="tertiary"
        iconStart={<RiTableLine size={16} />}
      >
        {t('common.columns')}
      </Button>
      <Popover placement="bottom end">
        <CheckboxGroup
          className="ml-column-choice"
          label={t('common.columnsShown')}
          value={choices
            .map(c => c.id)
            .filter(id => !props.hidden.includes(id))}
          onChange={shown =>
            props.onChange(
              choices.map(c => c.id).filter(id => !shown.includes(id)),
            )
          }
        >
          {choices.map(column => (
            <Checkbox key={column.id} value={column.id}>
              {column.title}
            </Checkbox>
          ))}
        </CheckboxGroup>
      </Popover>
    </DialogTrigger>
  );
}
