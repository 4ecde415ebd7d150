import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { Card, Facts, PlainTable } from '../components';
import { useFormat, useText } from '../hooks';
import { StepValue } from '../pipelines/StepValue';

type Props = { version: VersionDetail };

/** Metrics of the version beside the baseline and the version in production on the same rows. */
export function MetricsCard({ version: v }: Props) {
  const { t, metricName } = useText();
  const format = useFormat();
  const names = [
    ...new Set([...Object.keys(v.metrics), ...Object.keys(v.baseline)]),
  ];
  const write = (value?: number) =>
    value === undefined ? t('common.none') : format.metric(value);
  const withChampion = Object.keys(v.champion).length > 0;
  return (
    <Card
      title={t('version.metrics')}
      sub={
        v.test &&
        t('version.metricsSub', {
          window: format.window(v.test.from, v.test.to),
          n: format.count(v.test.rows),
        })
      }
      flush
    >
      <PlainTable
        label={t('version.metrics')}
        columns={[
          t('model.metric'),
          t('version.thisVersion'),
          t('version.baseline'),
          ...(withChampion
            ? [
                v.championVersion === undefined
                  ? t('version.champion')
                  : t('version.championV', {
                      version: String(v.championVersion),
                    }),
              ]
            : []),
        ]}
        rows={names.map(name => [
          metricName(name),
          <b key={name}>{write(v.metrics[name])}</b>,
          write(v.baseline[name]),
          ...(withChampion ? [write(v.champion[name])] : []),
        ])}
      />
    </Card>
  );
}

/** What the model looks at, most first. */
export function ImportanceCard({ version: v }: Props) {
  const { t } = useText();
  const format = useFormat();
  const rows = Object.entries(v.importances).sort((a, b) => b[1] - a[1]);
  if (!rows.length) return null;
  const most = rows[0][1] || 1;
  return (
    <Card title={t('version.importance')} sub={t('version.importanceSub')}>
      <div className="ml-bars">
        {rows.map(([name, share]) => (
          <Row
            key={name}
            name={name}
            share={format.percent(share, 1)}
            width={share / most}
          />
        ))}
      </div>
    </Card>
  );
}

function Row(props: { name: string; share: string; width: number }) {
  return (
    <>
      <code>{props.name}</code>
      <span className="bar">
        <i style={{ inlineSize: `${Math.max(0, props.width) * 100}%` }} />
      </span>
      <span className="ml-num ml-end">{props.share}</span>
    </>
  );
}

/** What the version takes: names, types, and one real row. */
export function SignatureCard({ version: v }: Props) {
  const { t } = useText();
  const format = useFormat();
  const { inputs, sample } = v.signature;
  return (
    <Card
      title={t('version.signature')}
      sub={t('version.signatureSub', { n: format.count(inputs.length) })}
      flush
    >
      <PlainTable
        label={t('version.signature')}
        columns={[t('version.input'), t('version.type'), t('version.sample')]}
        rows={inputs.map(input => {
          const value = sample?.[input.name];
          return [
            <code key="name">{input.name}</code>,
            <code key="type">{input.datatype}</code>,
            value === null ? (
              <span className="ml-3">{t('version.missing')}</span>
            ) : (
              <bdi dir="ltr">{value ?? t('common.none')}</bdi>
            ),
          ];
        })}
      />
    </Card>
  );
}

export function ArtifactCard({ version: v }: Props) {
  const { t } = useText();
  const format = useFormat();
  const { artifact } = v;
  return (
    <Card title={t('version.artifact')}>
      <Facts
        items={[
          [t('version.format'), artifact.format],
          [t('version.framework'), v.framework],
          [t('version.digest'), <StepValue value={artifact.sha256} />],
          [t('version.place'), <StepValue value={artifact.uri} />],
          ...(artifact.files ?? []).map((file): [string, JSX.Element] => [
            file.name,
            <>
              {format.bytes(file.sizeBytes)}{' '}
              <code className="ml-3">{file.sha256.slice(0, 12)}…</code>
            </>,
          ]),
        ]}
      />
    </Card>
  );
}

export function ParametersCard({ version: v }: Props) {
  const { t } = useText();
  const entries = Object.entries(v.parameters);
  return (
    <Card title={t('version.parameters')}>
      {entries.length === 0 ? (
        <p className="ml-3">{t('version.noParameters')}</p>
      ) : (
        <Facts
          items={entries.map(([name, value]) => [
            name,
            <code key={name}>
              {typeof value === 'string' ? value : JSON.stringify(value)}
            </code>,
          ])}
        />
      )}
    </Card>
  );
}
