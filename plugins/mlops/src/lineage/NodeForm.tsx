import { FormEvent, useState } from 'react';
import { Button, Combobox } from '@backstage/ui';
import { useHub, useText } from '../hooks';

const NODE = /^[a-z]+:.+$/;
const MOST = 20;

/** Asks for the node to start from: a part of a name suggests nodes, kind:name is taken as it is. */
export function NodeForm(props: {
  node: string;
  onNode: (node: string) => void;
}) {
  const { t, say } = useText();
  const [text, setText] = useState(props.node);
  const [wrong, setWrong] = useState(false);
  const found = useHub(
    (client, signal) =>
      client.findLineageNodes({ q: text.trim(), limit: MOST }, { signal }),
    ['lineage-nodes', text.trim()],
    { enabled: text.trim().length > 1 && text !== props.node },
  );
  const nodes = found.value?.items ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = text.trim();
    const node = NODE.test(wanted) ? wanted : nodes[0]?.id;
    setWrong(!node);
    if (node) props.onNode(node);
  };
  return (
    <form className="ml-inline-form" onSubmit={submit}>
      <div className="ml-combo">
        <Combobox
          label={t('lineage.node')}
          placeholder={t('lineage.nodeHint')}
          allowsCustomValue
          menuTrigger="input"
          options={nodes.map(node => ({
            id: node.id,
            label: t('lineage.suggestion', {
              kind: say(`lineage.kind.${node.kind}`, {}, node.kind),
              title: node.title,
            }),
            description: node.id,
          }))}
          search={{
            inputValue: text,
            onInputChange: (next: string) => {
              setWrong(false);
              setText(next);
            },
            filter: () => true,
          }}
          onChange={id => id !== null && props.onNode(String(id))}
        />
        {wrong && (
          <span className="ml-bad" role="alert">
            {t('lineage.nodeWrong', { node: text })}
          </span>
        )}
      </div>
      <Button type="submit" size="small" variant="primary">
        {t('lineage.show')}
      </Button>
    </form>
  );
}
