import { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { Button } from '@backstage/ui';
import { Comparison } from '@mlops-portal/plugin-mlops-common';
import {
  Card,
  EmptyState,
  LoadState,
  Page,
  Segmented,
  StateShape,
} from '../components';
import { useFormat, useHub, useQueryState, useText } from '../hooks';
import { paths } from '../routes';
import { CompareTable, Section } from './CompareTable';
import { EvaluationPlots } from './plots/EvaluationPlots';

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
      meta={list.map(v => (
        <span key={v} className="ml-tag">
          v{v}
        </span>
      ))}
      acts={
        list.length >= 2 && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => setVersions([...list].reverse().join(','))}
          >
            {t('compare.swap')}
          </Button>
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

function CompareContent(props: { comparison: Comparison }) {
  const { t } = useText();
  const [view, setView] = useQueryState('rows', 'differences');
  const sections = useSections(props.comparison);
  return (
    <>
      <Verdict comparison={props.comparison} />
      <div className="ml-wide start">
        <Card
          title={t('compare.sideBySide')}
          acts={
            <Segmented
              label={t('compare.view')}
              value={view}
              onChange={setView}
              options={[
                { id: 'differences', title: t('compare.differences') },
                { id: 'everything', title: t('compare.everything') },
              ]}
            />
          }
          flush
        >
          <CompareTable
            versions={props.comparison.versions}
            sections={sections}
            all={view === 'everything'}
          />
        </Card>
        <div className="ml-col ml-gap-16">
          <EvaluationPlots
            versions={[...props.comparison.versions].reverse()}
          />
        </div>
      </div>
    </>
  );
}

/** The answer in a sentence: better, worse or the same by the primary metric, and whether that means anything. */
function Verdict(props: { comparison: Comparison }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { comparison } = props;
  const { versions, sameTestWindow } = comparison;
  const last = versions.length - 1;
  const primary = versions[last].primary?.name;
  const row =
    comparison.metrics.find(m => m.name === primary) ?? comparison.metrics[0];
  const [from, to] = [row?.values[0], row?.values[last]];
  if (
    !row ||
    from === null ||
    from === undefined ||
    to === null ||
    to === undefined
  )
    return null;
  if (!sameTestWindow)
    return (
      <Notice state="unknown" tone="warn">
        {t('compare.notSameRows')}
      </Notice>
    );
  const detail = t('compare.verdictDetail', {
    metric: metricName(row.name),
    difference: format.signed(to - from),
    other: `v${versions[0].version}`,
  });
  if (row.better === null)
    return (
      <Notice state="same" tone="run">
        <b>{t('compare.verdictSame')}</b> {detail}
      </Notice>
    );
  return (
    <Notice state={row.better === last ? 'better' : 'worse'} tone="run">
      <b>
        {t('compare.verdictBetter', {
          version: `v${versions[row.better].version}`,
        })}
      </b>{' '}
      {detail}
    </Notice>
  );
}

function Notice(props: { state: string; tone: string; children: ReactNode }) {
  return (
    <div className={`ml-notice ${props.tone}`} role="status">
      <StateShape state={props.state} />
      <div>{props.children}</div>
    </div>
  );
}

function useSections(comparison: Comparison): Section[] {
  const { t, metricName } = useText();
  const format = useFormat();
  const { versions } = comparison;
  const text = (value: unknown) => {
    if (value === undefined || value === null) return t('common.none');
    if (typeof value === 'number')
      return format.number(value, { maximumSignificantDigits: 5 });
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  const plain = (name: string, values: string[]) => ({
    name,
    values,
    differs: new Set(values).size > 1,
  });
  return [
    {
      title: t('compare.metrics'),
      rows: comparison.metrics.map(row => ({
        name: metricName(row.name),
        values: row.values.map(v =>
          v === null ? t('common.none') : format.metric(v),
        ),
        differs: new Set(row.values).size > 1,
        better: row.better,
      })),
    },
    {
      title: t('compare.parameters'),
      rows: comparison.parameters.map(row => ({
        name: row.name,
        values: row.values.map(text),
        differs: row.differs,
      })),
    },
    {
      title: t('compare.dataAndCode'),
      rows: [
        plain(
          t('compare.trainWindow'),
          versions.map(
            v => format.window(v.train?.from, v.train?.to) || t('common.none'),
          ),
        ),
        plain(
          t('compare.trainRows'),
          versions.map(v => text(v.train && format.count(v.train.rows))),
        ),
        plain(
          t('compare.testWindow'),
          versions.map(
            v => format.window(v.test?.from, v.test?.to) || t('common.none'),
          ),
        ),
        plain(
          t('compare.testRows'),
          versions.map(v => text(v.test && format.count(v.test.rows))),
        ),
        plain(
          t('compare.data'),
          versions.map(v => text(v.dataVersion?.slice(0, 12))),
        ),
        plain(
          t('compare.commit'),
          versions.map(v => text(v.commit?.slice(0, 7))),
        ),
        plain(
          t('compare.run'),
          versions.map(v =>
            v.runNumber === undefined ? t('common.none') : `#${v.runNumber}`,
          ),
        ),
        plain(
          t('version.framework'),
          versions.map(v => v.framework),
        ),
      ],
    },
  ];
}
