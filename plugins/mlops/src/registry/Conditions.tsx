import { Condition } from '@mlops-portal/plugin-mlops-common';
import { StateShape } from '../components';
import { useText } from '../hooks';

/** Conditions with their verdict: shape, what is asked, what was found, and the verdict as a word. */
export function Conditions(props: { items: Condition[] }) {
  const { stateWord } = useText();
  return (
    <ul className="ml-list">
      {props.items.map(item => (
        <li key={item.condition}>
          <StateShape state={item.state} size={16} />
          <div className="body">
            <h3 style={{ fontWeight: 500 }}>{item.condition}</h3>
            {item.detail && <p>{item.detail}</p>}
          </div>
          <span
            className={`ml-s12 ${
              item.state === 'met'
                ? 'ml-ok'
                : item.state === 'not-met'
                ? 'ml-bad'
                : 'ml-2'
            }`}
          >
            {stateWord(item.state)}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function countConditions(items: Condition[]) {
  const of = (state: Condition['state']) =>
    items.filter(c => c.state === state).length;
  return { met: of('met'), notMet: of('not-met'), unknown: of('unknown') };
}
