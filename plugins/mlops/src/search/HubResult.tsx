import { Link } from 'react-router-dom';
import {
  RiBox3Line,
  RiDatabase2Line,
  RiEqualizerLine,
  RiFileLine,
  RiFocus3Line,
  RiGitMergeLine,
  RiNotification3Line,
  RiPlayLine,
  RiPriceTag3Line,
  RiServerLine,
} from '@remixicon/react';
import type { BaseSearchResultListItemProps } from '@backstage/plugin-search-react/alpha';
import type { ResultHighlight } from '@backstage/plugin-search-common';
import { MlopsDocument, SearchKind } from '@mlops-portal/plugin-mlops-common';
import { EntityLink } from '../catalog/EntityLink';
import { State } from '../components';
import { STATE_SHAPES } from '../components/states';
import { useText } from '../hooks';
import { ML_ROOT } from '../theme/styles';
import { foundWords } from './foundWords';
import './search.css';

const ICONS: Record<SearchKind, typeof RiBox3Line> = {
  problem: RiFocus3Line,
  dataset: RiDatabase2Line,
  featureView: RiEqualizerLine,
  pipeline: RiGitMergeLine,
  run: RiPlayLine,
  model: RiBox3Line,
  version: RiPriceTag3Line,
  endpoint: RiServerLine,
  alert: RiNotification3Line,
  page: RiFileLine,
};

export type HubResultProps = BaseSearchResultListItemProps<{
  highlight?: ResultHighlight;
}>;

/** One result: what it is, its name, state and owner, and the column, metric or commit that was found. */
export function HubResult(props: HubResultProps) {
  const { say, stateWord } = useText();
  const found = props.result as unknown as MlopsDocument | undefined;
  if (!found) return null;
  const Icon = ICONS[found.kind] ?? RiFileLine;
  const kind = say(`search.${found.kind}`, {}, found.kind);
  return (
    <div className={`${ML_ROOT} ml-found`}>
      <Icon size={20} aria-hidden className="icon" />
      <div className="body">
        <div className="head">
          <Link to={found.location} className="title">
            <bdi>{found.title}</bdi>
          </Link>
          <span className="kind">{kind}</span>
          {found.state in STATE_SHAPES ? (
            <State state={found.state} />
          ) : (
            found.state && <span>{stateWord(found.state)}</span>
          )}
        </div>
        <Where found={found} highlight={props.highlight} />
        {found.text && <p className="ml-s12 ml-3">{found.text}</p>}
      </div>
      {found.owner && (
        <span className="owner">
          <EntityLink of={found.owner} />
        </span>
      )}
    </div>
  );
}

const FIELDS = ['columns', 'metrics', 'commit'] as const;

/** In which column, metric or commit the words were found. */
function Where(props: { found: MlopsDocument; highlight?: ResultHighlight }) {
  const { say, metricName } = useText();
  const { found, highlight } = props;
  const where = FIELDS.flatMap(field => {
    const words = foundWords(highlight, field);
    return words.length ? [{ field, words }] : [];
  });
  const loop = found.name && found.name !== found.title ? found.name : '';
  if (!where.length && !loop) return null;
  return (
    <p className="where">
      {loop && <code dir="ltr">{loop}</code>}
      {where.map(({ field, words }) => (
        <span key={field}>
          {say(`search.in.${field}`)}{' '}
          {words.map(word => (
            <mark key={word}>
              <bdi>
                {field === 'metrics' ? metricName(word) : word.slice(0, 40)}
              </bdi>
            </mark>
          ))}
        </span>
      ))}
    </p>
  );
}
