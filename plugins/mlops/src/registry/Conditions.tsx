import { Condition } from '@mlops-portal/plugin-mlops-common';
import { ActorText, StateShape } from '../components';
import { useText } from '../hooks';

const TONES = { met: 'ml-ok', 'not-met': 'ml-bad', unknown: 'ml-2' };

/** Conditions with their verdict: shape, what is asked, what was found, and the verdict as a word. */
export function Conditions(props: { items: Condition[] }) {
  const { t, stateWord, metricName } = useText();
  // Conditions name metrics as the run does.
  const words = (text: string) =>
    text.replace(/\b[a-z0-9]+(?:_[a-z0-9]+)+\b/g, name => metricName(name));
  return (
    <ul className="ml-list">
      {props.items.map(item => (
        <li key={item.condition}>
          <StateShape state={item.state} size={16} />
          <div className="body">
            <h3 className="ml-sentence" style={{ fontWeight: 500 }}>
              {words(item.condition)}
            </h3>
            {item.detail && (
              <p>
                <ActorText text={words(item.detail)} />
              </p>
            )}
          </div>
          <span className={`ml-s12 ${TONES[item.state]}`}>
            {stateWord(item.state)}
            {item.checkedBy && (
              <span className="ml-block ml-s11 ml-3">
                {t(`conditions.checkedBy.${item.checkedBy}`)}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** State of all conditions together: the worst of them. */
export function foldConditions(items: Condition[]): Condition['state'] {
  const { notMet, unknown } = countConditions(items);
  if (notMet) return 'not-met';
  return unknown ? 'unknown' : 'met';
}

export function countConditions(items: Condition[]) {
  const of = (state: Condition['state']) =>
    items.filter(c => c.state === state).length;
  return { met: of('met'), notMet: of('not-met'), unknown: of('unknown') };
}
