import { KeyboardEvent } from 'react';
import { Button } from '@backstage/ui';
import { DiffFileView } from '@mlops-portal/plugin-mlops-common';
import { useQueryState, useText } from '../hooks';
import { DiffFile } from './DiffFile';
import { openFiles, writeOpen } from './openFiles';

const HEAD = 'button[aria-expanded]';

/** Files that differ, each with its lines under it. Which ones are open is in the URL; up and down go from file to file. */
export function DiffFiles(props: { files: DiffFileView[] }) {
  const { t } = useText();
  const { files } = props;
  const [text, setText] = useQueryState('files');
  const open = openFiles(text, files);
  const toggle = (index: number) => {
    const next = new Set(open);
    if (!next.delete(index)) next.add(index);
    setText(writeOpen(next, files));
  };
  const setAll = (wanted: boolean) =>
    setText(writeOpen(new Set(wanted ? files.keys() : []), files));
  const all = open.size === files.length;
  return (
    <>
      <div className="ml-diff-tools">
        <Button size="small" variant="tertiary" onPress={() => setAll(!all)}>
          {t(all ? 'compare.closeAll' : 'compare.openAll')}
        </Button>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons inside take the keys */}
      <ul
        className="ml-diff-files"
        aria-label={t('compare.codeFiles')}
        onKeyDown={walk}
      >
        {files.map((file, index) => (
          <li key={file.path}>
            <DiffFile
              file={file}
              open={open.has(index)}
              onToggle={() => toggle(index)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Arrow keys on the name of a file lead to the name of the next one. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const from = (event.target as HTMLElement).closest<HTMLElement>(HEAD);
  if (!step || !from) return;
  const heads = [...event.currentTarget.querySelectorAll<HTMLElement>(HEAD)];
  const next = heads[heads.indexOf(from) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
