import { useState } from 'react';
import { RiPlayLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { Decision } from '@mlops-portal/plugin-mlops-common';
import { ReasonDialog } from '../components';
import { useReasonedAct, useText } from '../hooks';

/** Asks for a retraining on a person's word; says what the decision was. */
export function RetrainButton(props: {
  problem: string;
  alertId?: string;
  primary?: boolean;
  onDone: () => void;
}) {
  const { t, stateWord } = useText();
  const [made, setMade] = useState<Decision>();
  const retrain = useReasonedAct(
    (hub, { signal, ...call }) =>
      hub.retrain(
        {
          problem: props.problem,
          body: { ...call, alertId: props.alertId },
        },
        { signal },
      ),
    decision => {
      setMade(decision);
      props.onDone();
    },
  );
  return (
    <>
      {made && (
        <span className="ml-s12 ml-2" role="status">
          {t('retrain.started', {
            outcome: stateWord(made.outcome),
            because: made.because,
          })}
        </span>
      )}
      <Button
        size="small"
        variant={props.primary ? 'primary' : 'secondary'}
        iconStart={<RiPlayLine size={16} />}
        onPress={retrain.open}
      >
        {t('alert.retrain')}
      </Button>
      <ReasonDialog
        {...retrain.dialog}
        title={t('alert.retrainTitle', { name: props.problem })}
        changes={[
          t('alert.retrainChange', { name: props.problem }),
          t('alert.retrainStays'),
          t('alert.retrainOnce'),
        ]}
        confirm={t('alert.retrainDo')}
      />
    </>
  );
}
