import { Link } from 'react-router-dom';
import { Model, Version } from '@mlops-portal/plugin-mlops-common';
import { Age, Card, SplitBar, State } from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';

const MOST = 4;

/** Stages as lanes, with the versions that stand in each. */
export function Lanes(props: { model: Model; versions: Version[] }) {
  const { t, stageName, say } = useText();
  const format = useFormat();
  const { model, versions } = props;
  return (
    <Card title={t('model.where')} sub={t('model.whereSub')} flush>
      <div
        className="ml-lanes"
        style={{
          gridTemplateColumns: `repeat(${model.stages.length}, minmax(150px, 1fr))`,
        }}
      >
        {model.stages.map(stage => {
          const here = versions.filter(v => v.stage === stage);
          return (
            <section key={stage} aria-label={stageName(stage)}>
              <h3>
                {stageName(stage)}{' '}
                <span className="ml-count">{format.count(here.length)}</span>
              </h3>
              {here.length === 0 && (
                <p className="ml-s12 ml-3">
                  {say(`model.laneEmpty.${stage}`, {}, '')}
                </p>
              )}
              {here.slice(0, MOST).map(v => (
                <LaneCard key={v.version} version={v} />
              ))}
              {here.length > MOST && (
                <p className="ml-s12 ml-3">
                  {t('model.moreVersions', {
                    n: format.count(here.length - MOST),
                  })}
                </p>
              )}
            </section>
          );
        })}
      </div>
    </Card>
  );
}

function LaneCard(props: { version: Version }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { version: v } = props;
  const old = v.stage === 'archived';
  const live = v.traffic.filter(x => x.percent > 0);
  const told = v.approval === 'approved' ? undefined : v.approval;
  const state = v.state !== 'ready' ? v.state : told;
  return (
    <div
      className={`ml-lane-card${v.aliases.includes('challenger') ? ' on' : ''}${
        old ? ' old' : ''
      }`}
    >
      <div className="ml-row wrap" style={{ gap: 6 }}>
        <Link
          to={paths.version(v.model, v.version)}
          style={{ fontWeight: 600 }}
        >
          v{v.version}
        </Link>
        {v.aliases.map(alias => (
          <span key={alias} className="ml-tag accent">
            @{alias}
          </span>
        ))}
        {state && (
          <span className="ml-push">
            <State state={state} />
          </span>
        )}
      </div>
      {v.primary && (
        <div className="ml-s12">
          {metricName(v.primary.name)} {format.metric(v.primary.value)}
          {v.test && `, ${t('common.n', { n: format.count(v.test.rows) })}`}
        </div>
      )}
      {v.reason && <div className="ml-s11 ml-2">{v.reason}</div>}
      <div className="ml-s11 ml-3">
        <Age at={v.createdAt} />
      </div>
      {live.map(x => (
        <div key={x.endpoint} className="ml-col" style={{ gap: 2 }}>
          <SplitBar
            parts={
              v.aliases.includes('champion')
                ? [{ label: `v${v.version}`, percent: x.percent }]
                : [
                    { label: '', percent: 0 },
                    { label: `v${v.version}`, percent: x.percent },
                  ]
            }
          />
          <span className="ml-s11 ml-2">
            {t('model.traffic', {
              percent: format.percent(x.percent / 100, 1),
              endpoint: x.endpoint,
            })}
          </span>
        </div>
      ))}
    </div>
  );
}
