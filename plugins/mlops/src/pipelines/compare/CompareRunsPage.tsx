import { Link, useParams } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import { isFinal, MlopsClient, Run } from '@mlops-portal/plugin-mlops-common';
import { CodeCard } from '../../compare/CodeCard';
import { DataCard } from '../../compare/DataCard';
import { dataOf } from '../../compare/dataStates';
import { Pickers, withChosen } from '../../compare/Pickers';
import { SideBySide } from '../../compare/SideBySide';
import { Card, CopyLink, EmptyState, LoadState, Page } from '../../components';
import { useHub, useQueryState, useText } from '../../hooks';
import { paths } from '../../routes';
import { fairPair } from '../../registry/fairPair';
import { SameRowsCard } from '../../registry/SameRowsCard';
import { Compared, MOST_RUNS, onSameRows } from './compared';
import { MetricDots } from './MetricDots';
import { RunVerdict } from './RunVerdict';
import { useRunSections } from './useRunSections';

const LIVE_MS = 5000;
/** Newest runs to choose from. */
const CHOICE = 100;

/** /ml/pipelines/:name/compare?runs=a,b: what is different? The last run is told against the first. */
export function CompareRunsPage() {
  const { name = '' } = useParams();
  const { t } = useText();
  const [runs, setRuns] = useQueryState('runs');
  const ids = [...new Set(runs.split(',').filter(Boolean))].slice(0, MOST_RUNS);
  const enough = ids.length >= 2;
  const hub = useHub(
    (client, signal) => Promise.all(ids.map(id => load(client, id, signal))),
    ['compare-runs', ...ids],
    { enabled: enough, refreshMs: LIVE_MS },
  );
  return (
    <Page
      title={t('compareRuns.title')}
      crumbs={[
        { title: t('noun.pipelines'), href: paths.pipelines() },
        { title: name, href: paths.pipeline(name) },
      ]}
      meta={
        enough && (
          <RunPickers
            name={name}
            chosen={ids}
            compared={hub.value ?? []}
            onChange={next => setRuns(next.join(','))}
          />
        )
      }
      acts={
        enough && (
          <>
            <CopyLink />
            <VersionsLink name={name} all={hub.value ?? []} />
          </>
        )
      }
    >
      {enough ? (
        <LoadState of={hub} what={t('compareRuns.title')} rows={8}>
          {all => <Content name={name} all={all} />}
        </LoadState>
      ) : (
        <Card title={t('compareRuns.title')} flush>
          <EmptyState
            title={t('compareRuns.tooFew')}
            action={{ title: name, href: paths.pipeline(name) }}
          />
        </Card>
      )}
    </Page>
  );
}

async function load(
  client: MlopsClient,
  id: string,
  signal: AbortSignal,
): Promise<Compared> {
  const run = await client.getRun({ id }, { signal });
  const { pipeline: name, versionMade: version } = run;
  return version === undefined
    ? { run }
    : { run, version: await client.getVersion({ name, version }, { signal }) };
}

function VersionsLink(props: { name: string; all: Compared[] }) {
  const { t } = useText();
  const versions = props.all.flatMap(({ version }) => version?.version ?? []);
  if (versions.length < 2) return null;
  return (
    <ButtonLink
      href={paths.compare(props.name, versions)}
      size="small"
      variant="secondary"
    >
      {t('compareRuns.versions')}
    </ButtonLink>
  );
}

function RunPickers(props: {
  name: string;
  chosen: string[];
  compared: Compared[];
  onChange: (chosen: string[]) => void;
}) {
  const { t, stateWord } = useText();
  const { name, chosen, compared } = props;
  const { value } = useHub(
    (client, signal) => client.listRuns({ name, limit: CHOICE }, { signal }),
    ['compare-choice', name],
  );
  const optionOf = (run: Pick<Run, 'id' | 'number' | 'state'>) => ({
    id: run.id,
    title: `#${run.number} ${stateWord(run.state)}`,
  });
  return (
    <Pickers
      what={t('compareRuns.run')}
      add={t('compareRuns.add')}
      options={withChosen(
        (value?.items ?? []).map(optionOf),
        compared.map(({ run }) => optionOf(run)),
      )}
      chosen={chosen}
      most={MOST_RUNS}
      onChange={props.onChange}
    />
  );
}

function Content(props: { name: string; all: Compared[] }) {
  const { t } = useText();
  const { name, all } = props;
  const sections = useRunSections(all);
  const [from, to] = [all[0], all.at(-1)!].map(sideOf);
  const fair = onSameRows(all)
    ? undefined
    : fairPair(all.flatMap(({ version }) => version ?? []));
  return (
    <>
      <RunVerdict all={all} fair={fair} />
      {fair && (
        <SameRowsCard
          version={fair}
          title={t('compare.sameRowsTitle', {
            version: String(fair.version),
            champion: String(fair.championVersion),
          })}
        />
      )}
      <div className="ml-wide start">
        <SideBySide
          file={`${name}-runs-${all.map(({ run }) => run.number).join('-')}`}
          columns={all.map(({ run }) => ({
            id: run.id,
            name: `#${run.number}`,
            title: (
              <Link className="ml-link" to={paths.run(run.id)}>
                {t('run.title', { number: String(run.number) })}
              </Link>
            ),
          }))}
          sections={sections}
        />
        <div className="ml-col ml-gap-16">
          <MetricDots all={all} />
          {all.every(({ run }) => isFinal(run.state)) && (
            <DataCard dataset={dataOf(name)} from={from} to={to} />
          )}
        </div>
      </div>
      <CodeCard repository={name} from={from} to={to} />
    </>
  );
}

/** Where data and code of a run come from. */
function sideOf({ run, version }: Compared) {
  const { data_version: digest } = run.parameters;
  return {
    name: `#${run.number}`,
    commit: run.commit,
    runId: run.id,
    digest:
      version?.dataVersion ?? (typeof digest === 'string' ? digest : undefined),
  };
}
