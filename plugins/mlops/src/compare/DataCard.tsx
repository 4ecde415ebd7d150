import { ReactNode } from 'react';
import { ButtonLink } from '@backstage/ui';
import {
  DatasetComparison,
  DatasetVersion,
} from '@mlops-portal/plugin-mlops-common';
import { Card, EmptyState, LoadState } from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { paths } from '../routes';
import { DataSide, daysLater, stateOf } from './dataStates';

const DAY = 86_400;
const MOST_STATES = 200;
const MOST_NAMES = 5;

/** What differs between the data that two runs or versions read, in a sentence, with the way to the columns. */
export function DataCard(props: {
  dataset: string;
  from: DataSide;
  to: DataSide;
}) {
  const { t } = useText();
  const { dataset: name } = props;
  const hub = useHub(
    (client, signal) =>
      client.listDatasetVersions({ name, limit: MOST_STATES }, { signal }),
    ['compare-states', name],
  );
  return (
    <LoadState of={hub} what={t('compare.dataTitle')} rows={3}>
      {({ items }) => <States {...props} states={items} />}
    </LoadState>
  );
}

function States(props: {
  dataset: string;
  from: DataSide;
  to: DataSide;
  states: DatasetVersion[];
}) {
  const { t } = useText();
  const { dataset, from, to, states } = props;
  const [before, after] = [from, to].map(side => stateOf(side, states));
  if (!before || !after)
    return (
      <Plain
        title={t('compare.dataUnknown', { name: (before ? to : from).name })}
      >
        {t('compare.dataUnknownText')}
      </Plain>
    );
  if (before.id === after.id)
    return (
      <Plain title={t('compare.dataSame')}>
        {t('compare.dataSameText', { dataset })}
      </Plain>
    );
  return (
    <Moved
      dataset={dataset}
      names={[from.name, to.name]}
      states={[before, after]}
    />
  );
}

function Moved(props: {
  dataset: string;
  names: [string, string];
  states: [DatasetVersion, DatasetVersion];
}) {
  const { t } = useText();
  const { dataset: name, names, states } = props;
  const [before, after] = states.map(({ id }) => id);
  const hub = useHub(
    (client, signal) =>
      client.compareDatasetVersions(
        { name, versions: `${before},${after}` },
        { signal },
      ),
    ['compare-data', name, before, after],
  );
  return (
    <Card
      title={t('compare.dataTitle')}
      sub={<bdi dir="ltr">{name}</bdi>}
      acts={
        <ButtonLink
          href={paths.datasetCompare(name, before, after)}
          size="small"
          variant="secondary"
        >
          {t('compare.dataOpen')}
        </ButtonLink>
      }
    >
      <LoadState of={hub} what={t('compare.dataTitle')} rows={2}>
        {comparison => (
          <div className="ml-col ml-gap-8">
            <Difference of={comparison} />
            <p className="ml-2">
              {states.map((state, i) => (
                <Reading key={state.id} name={names[i]} of={state} />
              ))}
            </p>
          </div>
        )}
      </LoadState>
    </Card>
  );
}

function Reading(props: { name: string; of: DatasetVersion }) {
  const { t } = useText();
  const format = useFormat();
  const { window } = props.of;
  const name = props.name;
  const rows = window.rows === null ? '?' : format.count(window.rows);
  const text = format.window(window.from, window.to);
  return (
    <>
      {text
        ? t('compare.dataRead', { name, rows, window: text })
        : t('compare.dataReadAll', { name, rows })}{' '}
    </>
  );
}

/** "The source did not change between them: +8,000 rows, the window ends 53 d later, the columns are the same." */
function Difference({ of }: { of: DatasetComparison }) {
  const { t } = useText();
  const source = t(
    of.sameDigest ? 'compare.dataSameSource' : 'compare.dataOtherSource',
  );
  const parts = [useRows(of), useWindow(of), useSchema(of)].filter(Boolean);
  return (
    <p>
      <b>
        {source}: {parts.join(', ')}.
      </b>{' '}
      {useDrift(of)}
    </p>
  );
}

function useRows({ before, after }: DatasetComparison): string | undefined {
  const { t } = useText();
  const format = useFormat();
  const [from, to] = [before.window.rows, after.window.rows];
  if (from === null || to === null) return undefined;
  return from === to
    ? t('compare.dataRowsSame')
    : t('compare.dataRows', { difference: format.signed(to - from, 0) });
}

function useWindow({ before, after }: DatasetComparison): string | undefined {
  const { t } = useText();
  const format = useFormat();
  const days = daysLater(before, after);
  if (!days) return undefined;
  return t(days > 0 ? 'compare.dataLater' : 'compare.dataEarlier', {
    span: format.span(Math.abs(days) * DAY),
  });
}

function useSchema({ columns }: DatasetComparison): string {
  const { t } = useText();
  const changed = columns.filter(({ change }) => change);
  const names = useNames(changed.map(({ name }) => name));
  return changed.length
    ? t('compare.dataSchema', { count: changed.length, ...names })
    : t('compare.dataSchemaSame');
}

function useDrift({ columns }: DatasetComparison): string {
  const { t } = useText();
  const moved = columns.filter(({ verdict }) => verdict === 'drift');
  const names = useNames(moved.map(({ name }) => name));
  return moved.length
    ? t('compare.dataDrift', { count: moved.length, ...names })
    : t('compare.dataNoDrift');
}

/** The first few names and how many there are. */
function useNames(all: string[]): { n: string; names: string } {
  const format = useFormat();
  const shown = all.slice(0, MOST_NAMES).join(', ');
  return {
    n: format.count(all.length),
    names: all.length > MOST_NAMES ? `${shown}, …` : shown,
  };
}

function Plain(props: { title: string; children: ReactNode }) {
  const { t } = useText();
  return (
    <Card title={t('compare.dataTitle')} flush>
      <EmptyState title={props.title}>{props.children}</EmptyState>
    </Card>
  );
}
