import { Fragment } from 'react';
import { Button, Select } from '@backstage/ui';
import { useText } from '../hooks';

const NONE = 'none';

export interface PickerOption {
  id: string;
  title: string;
}

/**
 * What is compared, each to be changed on the spot: the first is what the others are told against. A third and further ones
 * can be added and taken away.
 */
export function Pickers(props: {
  /** In words, for the label of each field: "Version". */
  what: string;
  /** "Add a version" */
  add: string;
  options: PickerOption[];
  chosen: string[];
  most: number;
  onChange: (chosen: string[]) => void;
}) {
  const { t } = useText();
  const { what, chosen, options, most, onChange } = props;
  const free = options.filter(({ id }) => !chosen.includes(id));
  const replace = (place: number, id: string) =>
    onChange(
      id === NONE
        ? chosen.filter((_, i) => i !== place)
        : chosen.map((old, i) => (i === place ? id : old)),
    );
  const labelled = (of: PickerOption[]) =>
    of.map(({ id, title }) => ({ id, label: title }));
  return (
    <div className="ml-row wrap">
      {chosen.map((id, place) => (
        <Fragment key={`${place}-${id}`}>
          {place === 1 && <span>{t('compare.against')}</span>}
          <Select
            aria-label={t('compare.picker', { what, n: String(place + 1) })}
            size="small"
            options={[
              ...labelled(
                options.filter(o => o.id === id || !chosen.includes(o.id)),
              ),
              ...(chosen.length > 2
                ? [{ id: NONE, label: t('compare.takeAway') }]
                : []),
            ]}
            value={id}
            onChange={key => replace(place, String(key))}
          />
        </Fragment>
      ))}
      {chosen.length < most && free.length > 0 && (
        <Select
          key={chosen.length}
          aria-label={props.add}
          placeholder={props.add}
          size="small"
          options={labelled(free)}
          onChange={key => onChange([...chosen, String(key)])}
        />
      )}
      <Button
        size="small"
        variant="tertiary"
        onPress={() => onChange([...chosen].reverse())}
      >
        {t('compare.swap')}
      </Button>
    </div>
  );
}

/** Options with the chosen ones among them, also where the list does not reach so far back. */
export function withChosen(
  options: PickerOption[],
  chosen: PickerOption[],
): PickerOption[] {
  const known = new Set(options.map(({ id }) => id));
  return [...options, ...chosen.filter(({ id }) => !known.has(id))];
}
