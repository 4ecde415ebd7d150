import { Fragment } from 'react';
import { ProblemSummary } from '@mlops-portal/plugin-mlops-common';
import { useText } from '../hooks';
import { StateShape } from './State';

/** The six stations of the loop as shapes in a row; stations not reached yet are dotted. */
export function MiniLoop(props: { stations: ProblemSummary['stations'] }) {
  const { t, say, stateWord } = useText();
  const name = (station: string) => say(`station.${station}`);
  return (
    <span className="ml-mini" role="group" aria-label={t('problems.loop')}>
      {props.stations.map(({ station, state }, i) => {
        const reached = state !== 'not-reached';
        const label = `${name(station)}: ${stateWord(state)}`;
        return (
          <Fragment key={station}>
            {i > 0 && <span className={`join${reached ? '' : ' off'}`} />}
            {reached ? (
              <StateShape state={state} label={label} />
            ) : (
              <span
                className="ahead"
                role="img"
                aria-label={label}
                title={label}
              />
            )}
          </Fragment>
        );
      })}
    </span>
  );
}
