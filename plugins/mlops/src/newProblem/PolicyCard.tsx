import {
  Checkbox,
  CheckboxGroup,
  NumberField,
  Select,
  TextField,
} from '@backstage/ui';
import { Card } from '../components';
import { errorOf, idOf } from './fieldError';
import { Choices, Draft } from './form';
import { Problem } from './problems';
import { useWords } from './useWords';

const SCHEDULES = {
  never: '',
  daily: '0 3 * * *',
  weekly: '0 3 * * 1',
  monthly: '0 3 1 * *',
} as const;
type Schedule = keyof typeof SCHEDULES | 'own';

function scheduleOf(cron: string): Schedule {
  const found = Object.entries(SCHEDULES).find(([, c]) => c === cron);
  return (found?.[0] as Schedule | undefined) ?? 'own';
}

/** When the model is trained again; the file problem.yaml keeps it. */
export function PolicyCard(props: {
  draft: Draft;
  choices: Choices;
  problems: Problem[];
  update: (changes: Partial<Draft>) => void;
}) {
  const t = useWords();
  const { draft, choices, problems, update } = props;
  const schedule = scheduleOf(draft.schedule);
  return (
    <Card title={t('policy.title')} sub={t('policy.sub')}>
      <div className="ml-new-fields">
        <div className="ml-col" id={idOf('retraining')}>
          <Select
            label={t('policy.schedule')}
            options={(
              ['never', 'daily', 'weekly', 'monthly', 'own'] as const
            ).map(id => ({ id, label: t(`policy.${id}`) }))}
            value={schedule}
            onChange={key =>
              update({
                schedule:
                  key === 'own'
                    ? '30 4 * * 2'
                    : SCHEDULES[key as keyof typeof SCHEDULES],
              })
            }
          />
          {schedule === 'own' && (
            <TextField
              label={t('policy.cron')}
              value={draft.schedule}
              onChange={value => update({ schedule: value })}
              {...errorOf('retraining', problems, t)}
            />
          )}
        </div>
        <CheckboxGroup
          label={t('policy.when')}
          value={draft.when}
          onChange={when => update({ when: when as Draft['when'] })}
        >
          <Checkbox value="drift">{t('policy.drift')}</Checkbox>
          <Checkbox value="quality">{t('policy.quality')}</Checkbox>
        </CheckboxGroup>
        <NumberField
          label={t('policy.coolDown')}
          value={draft.coolDownDays}
          minValue={0}
          maxValue={365}
          onChange={value =>
            update({ coolDownDays: Number.isFinite(value) ? value : 0 })
          }
        />
        <NumberField
          label={t('policy.windows')}
          value={draft.neededWindows}
          minValue={1}
          maxValue={20}
          onChange={value =>
            update({ neededWindows: Number.isFinite(value) ? value : 1 })
          }
        />
        {choices.time && (
          <div id={idOf('trainUntil')}>
            <TextField
              label={t('policy.trainUntil')}
              description={t('policy.trainUntilHelp')}
              placeholder="2001-03-15"
              value={choices.trainUntil}
              onChange={trainUntil => update({ trainUntil })}
              {...errorOf('trainUntil', problems, t)}
            />
          </div>
        )}
      </div>
    </Card>
  );
}
