import { LOOP_STATIONS } from '@mlops-portal/plugin-mlops-common';
import { useText } from '../hooks';
import { NewProblem } from '../problems/ProblemsPage';
import { StationIcon } from '../problems/StationIcon';
import './home.css';

/** What a portal without a problem shows: what one is, what will be made of it, and the one button that makes it so. */
export function FirstProblem() {
  const { t, say } = useText();
  return (
    <section className="ml-card ml-first" aria-labelledby="ml-first">
      <h2 id="ml-first">{t('home.firstTitle')}</h2>
      <p className="ml-2">{t('home.firstText')}</p>
      <NewProblem />
      <h3>{t('home.firstLoop')}</h3>
      <ol>
        {LOOP_STATIONS.map(station => (
          <li key={station}>
            <StationIcon station={station} size={18} />
            <div>
              <strong>{say(`station.${station}`)}</strong>
              <p className="ml-2">{t(`home.first.${station}`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
