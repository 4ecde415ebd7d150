import { Link, useParams } from 'react-router-dom';
import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Card,
  EmptyState,
  Figure,
  FigureStrip,
  LoadState,
  Page,
  State,
  StateShape,
} from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { paths } from '../routes';
import { ApprovalNotice } from './ApprovalNotice';
import { Conditions } from './Conditions';
import { HistoryCard } from './HistoryCard';
import { EvaluationPlots } from './plots/EvaluationPlots';
import { SliceCard } from './plots/SliceCard';
import { VersionActs } from './VersionActs';
import {
  ArtifactCard,
  ImportanceCard,
  MetricsCard,
  ParametersCard,
  SignatureCard,
} from './VersionCards';

/** /ml/models/:name/versions/:version: would I put it in production? The model card. */
export function VersionPage() {
  const { name = '', version = '' } = useParams();
  const { t, stageName } = useText();
  const hub = useHub(
    (client, signal) =>
      client.getVersion({ name, version: Number(version) }, { signal }),
    ['version', name, version],
    { refreshMs: 15_000 },
  );
  const v = hub.value;
  return (
    <Page
      title={t('version.title', { model: name, version })}
      crumbs={[
        { title: t('noun.models'), href: paths.models() },
        { title: name, href: paths.model(name) },
      ]}
      state={
        v && (
          <>
            <State state={v.state} pill />
            <span className="ml-tag">{stageName(v.stage)}</span>
            {v.aliases.map(alias => (
              <span key={alias} className="ml-tag accent">
                @{alias}
              </span>
            ))}
          </>
        )
      }
      meta={v && <Meta version={v} />}
      acts={v && <VersionActs version={v} onChanged={hub.refresh} />}
    >
      <LoadState
        of={hub}
        what={t('version.title', { model: name, version })}
        rows={8}
      >
        {value => <VersionContent version={value} />}
      </LoadState>
    </Page>
  );
}

function Meta({ version: v }: { version: VersionDetail }) {
  const { t } = useText();
  return (
    <>
      <span>
        {t('model.made')}{' '}
        <b>
          <Age at={v.createdAt} />
        </b>
      </span>
      {v.runId && (
        <span>
          {t('version.madeBy')}{' '}
          <Link className="ml-link" to={paths.run(v.runId)}>
            {t('version.runNumber', { number: String(v.runNumber ?? '') })}
          </Link>
        </span>
      )}
      {v.commit && (
        <span>
          {t('version.commit')} <code>{v.commit.slice(0, 7)}</code>
        </span>
      )}
      {v.dataVersion && (
        <span>
          {t('version.dataVersion')} <code>{v.dataVersion.slice(0, 12)}…</code>
        </span>
      )}
      <Link
        className="ml-link"
        to={paths.lineage(`version:${v.model}/${v.version}`)}
      >
        {t('version.lineage')}
      </Link>
    </>
  );
}

function VersionContent({ version: v }: { version: VersionDetail }) {
  const { t } = useText();
  return (
    <>
      {v.state === 'failed' && (
        <div className="ml-notice bad" role="status">
          <StateShape state="failed" />
          <div>{t('version.failedReason', { reason: v.reason ?? '' })}</div>
        </div>
      )}
      <ApprovalNotice version={v} />
      <Figures version={v} />
      <div className="ml-wide start">
        <div className="ml-col ml-gap-16">
          <MetricsCard version={v} />
          <Card title={t('version.gate')} sub={t('version.gateSub')} flush>
            {v.gate.length ? (
              <Conditions items={v.gate} />
            ) : (
              <EmptyState title={t('version.noGate')} />
            )}
          </Card>
          <SliceCard versions={[v]} />
          <SignatureCard version={v} />
          <HistoryCard version={v} />
        </div>
        <div className="ml-col ml-gap-16">
          <EvaluationPlots versions={[v]} />
          <ImportanceCard version={v} />
          <ParametersCard version={v} />
          <ArtifactCard version={v} />
        </div>
      </div>
    </>
  );
}

function Figures({ version: v }: { version: VersionDetail }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const none = t('common.none');
  const primary = v.primary;
  const base = primary && v.baseline[primary.name];
  return (
    <FigureStrip label={t('version.keyFigures')}>
      <Figure
        label={
          primary
            ? t('version.primary', { metric: metricName(primary.name) })
            : t('model.metric')
        }
        value={primary ? format.metric(primary.value) : none}
        note={
          base === undefined
            ? undefined
            : `${t('version.baseline')} ${format.metric(base)}`
        }
      />
      <Figure
        label={t('version.rows')}
        value={v.test ? format.count(v.test.rows) : none}
        note={v.test && format.window(v.test.from, v.test.to)}
      />
      <Figure
        label={t('version.trained')}
        value={v.train ? format.count(v.train.rows) : none}
        note={v.train && format.window(v.train.from, v.train.to)}
      />
      <Figure
        label={t('version.size')}
        value={
          v.artifact.sizeBytes === undefined
            ? v.artifact.format
            : format.bytes(v.artifact.sizeBytes)
        }
        note={`${v.artifact.format}, ${t(
          v.state === 'ready'
            ? 'version.digestChecked'
            : 'version.digestPending',
        )}`}
      />
    </FigureStrip>
  );
}
