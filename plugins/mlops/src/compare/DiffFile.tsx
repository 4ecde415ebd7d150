import { useId } from 'react';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { DiffFileView } from '@mlops-portal/plugin-mlops-common';
import { ScrollBox } from '../components';
import { Text, useFormat, useText } from '../hooks';
import { numbered } from './numbered';

/** Name of a file with what happened to it; opened, its lines. */
export function DiffFile(props: {
  file: DiffFileView;
  open: boolean;
  onToggle: () => void;
}) {
  const { t } = useText();
  const { file, open } = props;
  const id = useId();
  return (
    <>
      <button
        type="button"
        className="ml-diff-head"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={props.onToggle}
      >
        {open ? (
          <RiArrowDownSLine size={16} aria-hidden />
        ) : (
          <RiArrowRightSLine size={16} className="ml-mirror" aria-hidden />
        )}
        <bdi dir="ltr" className="path">
          {file.path}
        </bdi>{' '}
        <span className="ml-tag">{statusText(file, t)}</span>{' '}
        <Counts file={file} />
      </button>
      {open && (
        <div id={id}>
          <Lines file={file} />
        </div>
      )}
    </>
  );
}

function statusText({ status, oldPath = '' }: DiffFileView, t: Text['t']) {
  if (status === 'renamed') return t('compare.file.renamed', { path: oldPath });
  return t(`compare.file.${status}`);
}

function Counts({ file }: { file: DiffFileView }) {
  const { t } = useText();
  const format = useFormat();
  if (file.binary)
    return <span className="ml-push ml-3">{t('compare.file.binary')}</span>;
  if (file.additions === undefined || file.deletions === undefined) return null;
  const [added, removed] = [file.additions, file.deletions].map(format.count);
  return (
    <span className="ml-push ml-row ml-num">
      <span className="ml-sr">
        {t('compare.file.lines', { added, removed })}
      </span>
      <span className="ml-ok" dir="ltr" aria-hidden>
        +{added}
      </span>
      <span className="ml-bad" dir="ltr" aria-hidden>
        −{removed}
      </span>
    </span>
  );
}

const KINDS: Record<string, string> = { '+': 'added', '-': 'removed' };

function Lines({ file }: { file: DiffFileView }) {
  const { t } = useText();
  if (!file.hunks.length)
    return <p className="ml-diff-note">{t(whyNone(file))}</p>;
  return (
    <>
      <ScrollBox label={file.path}>
        <table className="ml-diff" dir="ltr" aria-label={file.path}>
          <thead className="ml-sr">
            <tr>
              <th scope="col">{t('compare.file.before')}</th>
              <th scope="col">{t('compare.file.after')}</th>
              <th scope="col">{t('compare.file.text')}</th>
            </tr>
          </thead>
          {file.hunks.map((hunk, i) => (
            <tbody key={i}>
              <tr className="hunk">
                <td colSpan={3}>
                  {`@@ −${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@ ${hunk.heading}`}
                </td>
              </tr>
              {numbered(hunk).map(({ before, after, sign, text }, k) => (
                <tr key={k} className={KINDS[sign]}>
                  <td className="at">{before}</td>
                  <td className="at">{after}</td>
                  <td>
                    <span className="sign">{sign}</span>
                    {text}
                  </td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </ScrollBox>
      {file.truncated && (
        <p className="ml-diff-note">{t('compare.file.truncated')}</p>
      )}
    </>
  );
}

function whyNone({ binary, truncated }: DiffFileView) {
  if (binary) return 'compare.file.noBinary';
  return truncated ? 'compare.file.tooLong' : 'compare.file.noLines';
}
