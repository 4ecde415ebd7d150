import { Select } from '@backstage/ui';
import { useText } from '../hooks';

/** Filter with one choice out of a list, or all; says what it filters in the closed field. */
export function FilterSelect(props: {
  label: string;
  options: Array<{ id: string; title: string }>;
  /** 'all' for no filter. */
  value: string;
  onChange: (id: string) => void;
}) {
  const { t } = useText();
  const { label } = props;
  return (
    <Select
      aria-label={label}
      size="small"
      options={[
        { id: 'all', label: t('common.filterAll', { label }) },
        ...props.options.map(o => ({
          id: o.id,
          label: t('common.filterOne', { label, value: o.title }),
        })),
      ]}
      value={props.value}
      onChange={key => props.onChange(String(key))}
    />
  );
}
