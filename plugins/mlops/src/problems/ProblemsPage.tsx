import { RiAddLine } from '@remixicon/react';
import { ButtonLink } from '@backstage/ui';
import {
  LOOP_STATIONS,
  ProblemSummary,
} from '@mlops-portal/plugin-mlops-common';
import { useEntityNames } from '../catalog/useEntityNames';
import {
  EmptyState,
  Figure,
  FigureStrip,
  IndexFilter,
  IndexPage,
  State,
  compareUrgency,
  shapeOf,
} from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { paths } from '../routes';
import { lastOf, useProblemColumns } from './ProblemsTable';

const REFRESH_MS = 15_000;
/** Problems are people's work: hundreds at most, so that one page of the hub holds them and filters act at once. */
const MOST = 200;

/** /ml/problems: what do we have and how is it? Worst first. */
export function ProblemsPage() {
  const { t, stateWord, riskName, say } = useText();
  const columns = useProblemColumns();
  const all = useHub(
    (client, signal) => client.listProblems({ limit: MOST }, { signal }),
    ['problems'],
    { refreshMs: REFRESH_MS },
  );
  const items = all.value?.items ?? [];
  const owners = useEntityNames(items.map(p => p.owner));
  const some = <T extends string>(of: (p: ProblemSummary) => T) => [
    ...new Set(items.map(of)),
  ];
  const filters: IndexFilter[] = [
    { name: 'q', label: t('problems.search'), kind: 'text' },
    {
      name: 'owner',
      label: t('problems.owner'),
      kind: 'choice',
      options: [...owners].map(([id, title]) => ({ id, title })),
    },
    {
      name: 'health',
      label: t('problems.health'),
      kind: 'choice',
      options: some(p => p.health)
        .sort(compareUrgency)
        .map(id => ({ id, title: stateWord(id) })),
    },
    {
      name: 'stage',
      label: t('problems.loop'),
      kind: 'choice',
      options: LOOP_STATIONS.map(id => ({ id, title: say(`station.${id}`) })),
    },
    {
      name: 'risk',
      label: t('problems.risk'),
      kind: 'choice',
      options: some(p => p.riskClass).map(id => ({ id, title: riskName(id) })),
    },
  ];
  return (
    <IndexPage
      title={t('problems.title')}
      name="problems"
      columns={columns}
      rowKey={p => p.name}
      filters={filters}
      // An empty list has the button itself.
      acts={all.value?.items.length !== 0 && <NewProblem />}
      empty={<EmptyLoop />}
      refreshMs={REFRESH_MS}
      summary={() => items.length > 0 && <Summary items={items} />}
      load={async (client, { limit, offset, filters: set }, signal) => {
        const answer = await client.listProblems({ limit: MOST }, { signal });
        const shown = answer.items
          .filter(p => matches(p, set))
          .sort((x, y) => compareUrgency(x.health, y.health));
        return {
          items: shown.slice(offset, offset + limit),
          total: shown.length,
        };
      }}
    />
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

function EmptyLoop() {
  const { t } = useText();
  return (
    <EmptyState title={t('home.emptyTitle')} action={<NewProblem />}>
      {t('home.emptyText')}
    </EmptyState>
  );
}

/** Whether a problem is what the set filters ask for. */
export function matches(
  p: ProblemSummary,
  filters: Record<string, string>,
): boolean {
  const { q = '', owner, health, stage, risk } = filters;
  const where =
    `${p.name} ${p.title} ${p.owner} ${p.metric.name}`.toLowerCase();
  return (
    where.includes(q.trim().toLowerCase()) &&
    (!owner || p.owner === owner) &&
    (!health || p.health === health) &&
    (!stage || lastOf(p)?.station === stage) &&
    (!risk || p.riskClass === risk)
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
