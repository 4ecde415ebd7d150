import { useMemo } from 'react';
import { RiAddLine } from '@remixicon/react';
import { Button, ButtonLink, SearchField } from '@backstage/ui';
import { ProblemSummary } from '@mlops-portal/plugin-mlops-common';
import {
  Card,
  DataTable,
  EmptyState,
  Figure,
  FigureStrip,
  FilterSelect,
  LoadState,
  Page,
  State,
  compareUrgency,
  shapeOf,
} from '../components';
import { useFormat, useHub, useQueryState, useText } from '../hooks';
import { paths } from '../routes';
import { useProblemColumns } from './ProblemsTable';

const REFRESH_MS = 15_000;
/** Problems are people's work: hundreds at most, so that one page of the hub holds them and filters act at once. */
const MOST = 200;

/** /ml/problems: what do we have and how is it? Worst first. */
export function ProblemsPage() {
  const { t } = useText();
  const hub = useHub(
    (client, signal) => client.listProblems({ limit: MOST }, { signal }),
    ['problems'],
    { refreshMs: REFRESH_MS },
  );
  return (
    <Page title={t('problems.title')} acts={<NewProblem />}>
      <LoadState of={hub} what={t('problems.title')} rows={8}>
        {({ items }) =>
          items.length ? <Problems items={items} /> : <NoProblem />
        }
      </LoadState>
    </Page>
  );
}

export function NewProblem() {
  const { t } = useText();
  return (
    <ButtonLink
      href={paths.newProblem()}
      variant="primary"
      size="small"
      iconStart={<RiAddLine size={16} />}
    >
      {t('home.newProblem')}
    </ButtonLink>
  );
}

export function NoProblem() {
  const { t } = useText();
  return (
    <Card title={t('home.emptyTitle')}>
      <EmptyState title={t('home.emptyTitle')} action={<NewProblem />}>
        {t('home.emptyText')}
      </EmptyState>
    </Card>
  );
}

function Problems(props: { items: ProblemSummary[] }) {
  const { t } = useText();
  const format = useFormat();
  const columns = useProblemColumns();
  const [text, setText] = useQueryState('q');
  const [health, setHealth] = useQueryState('health', 'all');
  const [owner, setOwner] = useQueryState('owner', 'all');
  const shown = useMemo(
    () =>
      props.items
        .filter(p => matches(p, text, health, owner))
        .sort((a, b) => compareUrgency(a.health, b.health)),
    [props.items, text, health, owner],
  );
  return (
    <>
      <Summary items={props.items} />
      <Filters
        items={props.items}
        text={[text, setText]}
        health={[health, setHealth]}
        owner={[owner, setOwner]}
      />
      <div className="ml-card">
        <DataTable
          label={t('problems.title')}
          columns={columns}
          rows={shown}
          rowKey={p => p.name}
          empty={
            <EmptyState
              title={t('common.nothingMatches')}
              action={
                <Button
                  size="small"
                  variant="secondary"
                  onPress={() => {
                    setText('');
                    setHealth('all');
                    setOwner('all');
                  }}
                >
                  {t('common.clearFilters')}
                </Button>
              }
            />
          }
          foot={t('problems.footer', {
            shown: format.count(shown.length),
            total: format.count(props.items.length),
          })}
        />
      </div>
    </>
  );
}

export function matches(
  p: ProblemSummary,
  text: string,
  health: string,
  owner: string,
): boolean {
  const where =
    `${p.name} ${p.title} ${p.owner} ${p.metric.name}`.toLowerCase();
  return (
    where.includes(text.trim().toLowerCase()) &&
    (health === 'all' || p.health === health) &&
    (owner === 'all' || p.owner === owner)
  );
}

type Bound = [string, (value: string) => void];

function Filters(props: {
  items: ProblemSummary[];
  text: Bound;
  health: Bound;
  owner: Bound;
}) {
  const { t, stateWord } = useText();
  const healths = [...new Set(props.items.map(p => p.health))].sort(
    compareUrgency,
  );
  const owners = [...new Set(props.items.map(p => p.owner))].sort();
  return (
    <div className="ml-tools" role="search">
      <SearchField
        aria-label={t('common.search')}
        placeholder={t('problems.search')}
        value={props.text[0]}
        onChange={props.text[1]}
        size="small"
      />
      <FilterSelect
        label={t('problems.health')}
        options={healths.map(id => ({ id, title: stateWord(id) }))}
        value={props.health[0]}
        onChange={props.health[1]}
      />
      <FilterSelect
        label={t('problems.owner')}
        options={owners.map(id => ({ id, title: id }))}
        value={props.owner[0]}
        onChange={props.owner[1]}
      />
    </div>
  );
}

function Summary(props: { items: ProblemSummary[] }) {
  const { t } = useText();
  const format = useFormat();
  const { items } = props;
  const by = (...shapes: string[]) =>
    items.filter(p => shapes.includes(shapeOf(p.health)));
  const names = (list: ProblemSummary[]) =>
    list.length
      ? list
          .slice(0, 2)
          .map(p => p.name)
          .join(', ')
      : t('problems.none');
  const live = items.filter(p => p.metric.value !== null).length;
  const groups = [
    {
      state: 'well',
      word: t('problems.well'),
      list: by('ok', 'skip'),
      note: t('problems.wellNote'),
    },
    { state: 'drift', word: t('problems.attention'), list: by('warn') },
    { state: 'failed', word: t('problems.bad'), list: by('bad') },
    {
      state: 'unknown',
      word: t('problems.unknown'),
      list: by('unknown', 'none'),
      note: t('problems.unknownNote'),
    },
  ];
  return (
    <FigureStrip label={t('problems.states')}>
      <Figure
        label={t('problems.all')}
        value={format.count(items.length)}
        note={t('problems.inProduction', { n: format.count(live) })}
      />
      {groups.map(group => (
        <Figure
          key={group.state}
          label={<State state={group.state}>{group.word}</State>}
          value={format.count(group.list.length)}
          note={group.note ?? names(group.list)}
        />
      ))}
    </FigureStrip>
  );
}
