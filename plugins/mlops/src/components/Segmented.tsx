import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';

/** One of a few views; exactly one is on. */
export function Segmented(props: {
  label: string;
  options: Array<{ id: string; title: string }>;
  value: string;
  onChange: (id: string) => void;
}) {
  return (
    <ToggleButtonGroup
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.value]}
      onSelectionChange={keys => {
        const [key] = [...keys];
        if (key !== undefined) props.onChange(String(key));
      }}
    >
      {props.options.map(option => (
        <ToggleButton key={option.id} id={option.id} size="small">
          {option.title}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
