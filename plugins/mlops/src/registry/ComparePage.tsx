import { useParams } from 'react-router-dom';
import { Comparison, VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { Card, CopyLink, EmptyState, LoadState, Page } from '../components';
import { useHub, useQueryState, useText } from '../hooks';
import { CodeCard } from '../compare/CodeCard';
import { DataCard } from '../compare/DataCard';
import { dataOf } from '../compare/dataStates';
import { Pickers, withChosen } from '../compare/Pickers';
import { SideBySide } from '../compare/SideBySide';
import { paths } from '../routes';
import { useSections } from './compareSections';
import { CompareVerdict } from './CompareVerdict';
import { fairPair } from './fairPair';
import { PickChampion } from './PickChampion';
import { EvaluationPlots, versionLabel } from './plots/EvaluationPlots';
import { SliceCard } from './plots/SliceCard';
import { SameRowsCard } from './SameRowsCard';

/** The hub compares no more. */
const MOST_VERSIONS = 5;
/** Newest versions to choose from. */
const CHOICE = 100;

/** /ml/models/:name/compare?versions=4,6: what is different? The last version is judged against the first. */
export function ComparePage() {
  const { name = '' } = useParams();
  const { t } = useText();
  const [versions, setVersions] = useQueryState('versions');
  const list = versions.split(',').filter(Boolean);
  const hub = useHub(
    (client, signal) => client.compareVersions({ name, versions }, { signal }),
    ['compare', name, versions],
    { enabled: list.length >= 2 },
  );
  return (
    <Page
      title={t('compare.title')}
      crumbs={[
        { title: t('noun.models'), href: paths.models() },
        { title: name, href: paths.model(name) },
      ]}
      acts={
        list.length >= 2 && (
          <>
            <CopyLink />
            {hub.value && <PickChampion versions={hub.value.versions} />}
          </>
        )
      }
      meta={
        list.length >= 2 && (
          <VersionPickers
            model={name}
            chosen={list}
            onChange={next => setVersions(next.join(','))}
          />
        )
      }
    >
      {list.length < 2 ? (
        <Card title={t('compare.title')} flush>
          <EmptyState
            title={t('compare.tooFew')}
            action={{ title: name, href: paths.model(name) }}
          />
        </Card>
      ) : (
        <LoadState of={hub} what={t('compare.title')} rows={8}>
          {comparison => <CompareContent comparison={comparison} />}
        </LoadState>
      )}
    </Page>
  );
}

function VersionPickers(props: {
  model: string;
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const { t } = useText();
  const { model: name, chosen } = props;
  const { value } = useHub(
    (client, signal) =>
      client.listVersions({ name, limit: CHOICE }, { signal }),
    ['compare-choice', name],
  );
  const options = (value?.items ?? []).map(v => ({
    id: String(v.version),
    title: versionLabel(v),
  }));
  return (
    <Pickers
      what={t('model.version')}
      add={t('compare.addVersion')}
      options={withChosen(
        options,
        chosen.map(id => ({ id, title: `v${id}` })),
      )}
      chosen={chosen}
      most={MOST_VERSIONS}
      onChange={props.onChange}
    />
  );
}

function CompareContent(props: { comparison: Comparison }) {
  const { t, stageName } = useText();
  const sections = useSections(props.comparison);
  const { versions } = props.comparison;
  const [{ model }] = versions;
  const [from, to] = [versions[0], versions.at(-1)!].map(sideOf);
  const newestFirst = [...versions].reverse();
  const fair = props.comparison.sameTestWindow ? undefined : fairPair(versions);
  return (
    <>
      <CompareVerdict comparison={props.comparison} fair={fair} />
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
        <div className="ml-col ml-gap-16">
          <SideBySide
            file={`${model}-${versions.map(v => `v${v.version}`).join('-')}`}
            columns={versions.map(v => ({
              id: String(v.version),
              name: `v${v.version}`,
              title: `${versionLabel(v)}, ${stageName(v.stage)}`,
            }))}
            sections={sections}
          />
          {/* Problem, model and repository carry one name, and the data is named after them. */}
          <DataCard dataset={dataOf(model)} from={from} to={to} />
        </div>
        <div className="ml-col ml-gap-16">
          <EvaluationPlots versions={newestFirst} />
          <SliceCard versions={newestFirst} />
        </div>
      </div>
      <CodeCard repository={model} from={from} to={to} />
    </>
  );
}

/** Where data and code of a version come from. */
function sideOf(v: VersionDetail) {
  return {
    name: `v${v.version}`,
    commit: v.commit,
    runId: v.runId,
    digest: v.dataVersion,
  };
}
