import { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { Decision, ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Card,
  ShortName,
  State,
  StateShape,
  shapeOf,
} from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { StationIcon } from './StationIcon';
import { useFactText } from './useFactText';

type Station = ProblemDetail['loop'][number];

/** Border of a station by the shape of its state. */
const MOODS: Record<string, string> = { warn: 'attention', bad: 'broken' };

/** Units that come in whole numbers. */
const COUNTED = ['rows', 'features', 'requests', 'predictions', 'versions'];

/** The loop as a picture: six stations with live state, and the last decision on retraining as the edge that goes back. */
export function Loop(props: {
  problem: ProblemDetail;
  loadedAt?: number;
  acts?: ReactNode;
}) {
  const { t } = useText();
  const format = useFormat();
  const { problem, loadedAt } = props;
  const asOf =
    loadedAt &&
    t('common.asOf', { time: format.clock(new Date(loadedAt).toISOString()) });
  return (
    <Card
      title={t('problem.where')}
      sub={<Answer problem={problem} />}
      acts={
        <>
          {asOf && <span className="ml-s12 ml-3">{asOf}</span>}
          {props.acts}
        </>
      }
      flush
    >
      <div className="ml-loop">
        <ol>
          {problem.loop.map(station => (
            <StationCard key={station.station} station={station} />
          ))}
        </ol>
        <ReturnEdge decision={problem.returnEdge} />
      </div>
    </Card>
  );
}

function Answer(props: { problem: ProblemDetail }) {
  const { t } = useText();
  const { production } = props.problem;
  if (production === null) return <>{t('problem.noProduction')}</>;
  return <>{t('problem.production', { version: `v${production}` })}</>;
}

function StationCard(props: { station: Station }) {
  const { say, unitName } = useText();
  const format = useFormat();
  const factText = useFactText();
  const { station } = props;
  const ahead = station.state === 'not-reached';
  const shape = shapeOf(station.state);
  const mood = ahead ? 'ahead' : MOODS[shape] ?? '';
  const figure = station.figure;
  const writeFigure = ({ value, unit }: NonNullable<typeof figure>) => {
    if (COUNTED.includes(unit)) return format.count(value);
    return unit === 'psi' ? format.score(value) : format.metric(value);
  };
  return (
    <li className={`ml-station ${mood}`}>
      <div className="kind">
        <StationIcon station={station.station} size={14} />
        {say(`station.${station.station}`)}
      </div>
      <div className="name">
        {station.link ? (
          <Link to={station.link}>
            <ShortName>{station.title}</ShortName>
          </Link>
        ) : (
          <ShortName>{station.title}</ShortName>
        )}
      </div>
      <State state={station.state} />
      {figure && (
        <div className="figure ml-num">
          {figure.unit === 'seconds' ? (
            format.span(figure.value)
          ) : (
            <>
              {writeFigure(figure)} <small>{unitName(figure.unit)}</small>
            </>
          )}
        </div>
      )}
      <div className="facts">
        {ahead && <div>{say(`ahead.${station.station}`)}</div>}
        {station.facts.map((fact, i) => (
          <div key={i}>{factText(fact)}</div>
        ))}
      </div>
      {station.at && (
        <div className="age">
          <Age at={station.at} />
        </div>
      )}
    </li>
  );
}

function ReturnEdge(props: { decision?: Decision }) {
  const { t } = useText();
  const { decision } = props;
  const words = {
    start: t('problem.returnStart'),
    wait: t('problem.returnWait'),
    ignore: t('problem.returnIgnore'),
  };
  return (
    <div
      className={`ml-return${decision?.outcome === 'start' ? '' : ' quiet'}`}
    >
      {decision ? (
        <p>
          <StateShape
            state={decision.outcome}
            label={words[decision.outcome]}
          />
          <span title={decision.because}>
            <b>{words[decision.outcome]}</b> <Age at={decision.at} />
            {decision.runId && (
              <>
                {' · '}
                <Link className="ml-link" to={paths.run(decision.runId)}>
                  {t('noun.run')} #{decision.runNumber}
                </Link>
              </>
            )}
            {' · '}
            {decision.because}
          </span>
        </p>
      ) : (
        <p>
          <StateShape state="not-reached" />
          <span>{t('problem.returnNone')}</span>
        </p>
      )}
    </div>
  );
}
