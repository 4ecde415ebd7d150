import { Link } from 'react-router-dom';
import { Freshness, UsedBy } from '@mlops-portal/plugin-mlops-common';
import { EntityLink } from '../catalog/EntityLink';
import { State } from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';

const PAGES: Record<UsedBy['kind'], (name: string) => string> = {
  pipeline: paths.pipeline,
  model: paths.model,
  endpoint: paths.endpoint,
  'feature-view': paths.featureView,
};

const FRESHNESS: Array<Freshness['state']> = [
  'stale',
  'late',
  'no-data',
  'fresh',
];

/** The filters that both index pages have. */
export function useAssetFilters() {
  const { t, stateWord } = useText();
  return [
    { name: 'q', label: t('data.search'), kind: 'text' as const },
    {
      name: 'state',
      label: t('data.freshness'),
      kind: 'choice' as const,
      options: FRESHNESS.map(id => ({ id, title: stateWord(id) })),
    },
  ];
}

/** Filters of the URL as the hub takes them; a state that is not in the list is none. */
export function assetQuery(filters: Record<string, string>) {
  const state = FRESHNESS.find(known => known === filters.state);
  return { q: filters.q, state };
}

/** State of the data and what it is judged by. */
export function FreshnessCell(props: { freshness: Freshness }) {
  const why = useFreshnessText(props.freshness);
  return (
    <div>
      <State state={props.freshness.state} />
      <div className="ml-s11 ml-3">{why}</div>
    </div>
  );
}

export function useFreshnessText({ state, by, due }: Freshness): string {
  const { t } = useText();
  const format = useFormat();
  if (!due) return t('data.neverRead');
  const when = format.ago(due);
  if (state === 'fresh')
    return t(by === 'schedule' ? 'data.due.schedule' : 'data.due.age', {
      when,
    });
  return t(by === 'schedule' ? 'data.wasDue.schedule' : 'data.wasDue.age', {
    when,
  });
}

export function Owner(props: { owner: string }) {
  const { t } = useText();
  return props.owner ? (
    <EntityLink of={props.owner} />
  ) : (
    <span className="ml-3">{t('data.noOwner')}</span>
  );
}

/** Links to what uses an asset; a model and its pipeline of one name are told apart by their kind. */
export function Users(props: { of: UsedBy[]; most?: number }) {
  const { t, say } = useText();
  const { of, most = of.length } = props;
  if (!of.length) return <span className="ml-3">{t('data.nobody')}</span>;
  return (
    <ul className="ml-users">
      {of.slice(0, most).map(({ kind, name }) => (
        <li key={`${kind} ${name}`}>
          <span className="ml-3">{say(`used.${kind}`)}</span>{' '}
          <Link className="ml-link" to={PAGES[kind](name)}>
            <bdi dir="ltr">{name}</bdi>
          </Link>
        </li>
      ))}
      {of.length > most && <li className="ml-3">+{of.length - most}</li>}
    </ul>
  );
}
