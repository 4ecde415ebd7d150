import { MonitoringView } from '@mlops-portal/plugin-mlops-common';
import { useText } from '../hooks';
import { HeatStep, isOver } from './heat';
import { useStepWord } from './useStepWord';

/** What the colours and marks of the heat map mean. */
export function HeatLegend(props: { view: MonitoringView }) {
  const { t } = useText();
  const word = useStepWord(props.view);
  const steps: HeatStep[] = [0, 1, 2, 3, 4, 'none', 'few'];
  return (
    <>
      {steps.map(step => (
        <span key={step}>
          <i
            className={`ml-swatch ml-heat-swatch s-${step}${
              isOver(step) ? ' over' : ''
            }`}
          />
          {word(step)}
        </span>
      ))}
      {props.view.periods.some(({ open }) => open) && (
        <span>
          <i className="ml-swatch ml-heat-swatch open" />
          {t('heat.open')}
        </span>
      )}
    </>
  );
}
