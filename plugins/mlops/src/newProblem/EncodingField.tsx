import { Select } from '@backstage/ui';
import {
  Encoding,
  ENCODINGS,
  TableProfile,
} from '@mlops-portal/plugin-mlops-common';
import { useWords } from './useWords';

/** In which encoding a CSV file was found to be. Where it is no UTF-8, another one can be chosen: the letters tell which is right. */
export function EncodingField(props: {
  found: NonNullable<TableProfile['encoding']>;
  onChoose: (encoding: Encoding) => void;
}) {
  const t = useWords();
  const { found, onChoose } = props;
  if (found.name === 'utf-8') {
    return <span className="ml-3 ml-s12">{t('source.utf8')}</span>;
  }
  return (
    <div className="ml-new-encoding">
      <Select
        label={t('source.encoding')}
        size="small"
        options={ENCODINGS.map(id => ({ id, label: t(`encoding.${id}`) }))}
        value={found.name}
        onChange={key => onChoose(key as Encoding)}
      />
      <span className="ml-2 ml-s12" role="status">
        {t(found.sure ? 'source.encodingSure' : 'source.encodingUnsure')}
      </span>
    </div>
  );
}
