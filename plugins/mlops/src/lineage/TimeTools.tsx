import { RiArrowLeftSLine, RiArrowRightSLine } from '@remixicon/react';
import { Button, ButtonIcon, Select } from '@backstage/ui';
import { ServedSpan } from '@mlops-portal/plugin-mlops-common';
import { CopyLink, Segmented } from '../components';
import { useFormat, useText } from '../hooks';
import { ServedBands } from './ServedBands';
import { LineageTime } from './useLineage';

const DAY_MS = 86_400_000;

/** Date of the graph (by day), and how far it goes. */
export function TimeTools(props: { time: LineageTime; spans: ServedSpan[] }) {
  const { t } = useText();
  const format = useFormat();
  const { asOf, setAsOf, depth, setDepth } = props.time;
  const day = asOf.slice(0, 10);
  const today = new Date().toISOString().slice(0, 10);
  const step = (by: number) => {
    const next = dayAfter(day || today, by);
    setAsOf(next >= today ? '' : next);
  };
  const whenWords = () => {
    if (!asOf) return t('lineage.asOfNow');
    return asOf.includes('T')
      ? t('lineage.asOfMoment', { time: format.moment(asOf) })
      : t('lineage.asOfThen', { date: format.date(`${day}T12:00`) });
  };
  return (
    <section className="ml-card ml-time" aria-label={t('lineage.asOf')}>
      <div className="ml-tools">
        <label className="ml-field ml-field-row">
          {t('lineage.asOf')}
          <input
            type="date"
            value={day}
            max={today}
            onChange={event => setAsOf(event.target.value)}
          />
        </label>
        <Button
          size="small"
          variant="secondary"
          isDisabled={!day}
          onPress={() => setAsOf('')}
        >
          {t('lineage.now')}
        </Button>
        <ButtonIcon
          size="small"
          variant="secondary"
          aria-label={t('lineage.dayBefore')}
          icon={<RiArrowLeftSLine size={16} className="ml-mirror" />}
          onPress={() => step(-1)}
        />
        <ButtonIcon
          size="small"
          variant="secondary"
          aria-label={t('lineage.dayAfter')}
          isDisabled={!day}
          icon={<RiArrowRightSLine size={16} className="ml-mirror" />}
          onPress={() => step(1)}
        />
        <span className="ml-s12 ml-2">{whenWords()}</span>
        <span className="ml-push ml-row wrap">
          <Segmented
            label={t('lineage.direction')}
            value={props.time.direction}
            onChange={props.time.setDirection}
            options={(['back', 'both', 'forward'] as const).map(id => ({
              id,
              title: t(`lineage.direction.${id}`),
            }))}
          />
          <Select
            aria-label={t('lineage.depth')}
            size="small"
            options={Array.from({ length: 10 }, (_, i) => ({
              id: String(i + 1),
              label: t('lineage.depthOf', { n: format.count(i + 1) }),
            }))}
            value={String(depth)}
            onChange={id => setDepth(Number(id))}
          />
          <CopyLink />
        </span>
      </div>
      <ServedBands spans={props.spans} asOf={asOf} onAsOf={setAsOf} />
    </section>
  );
}

function dayAfter(day: string, by: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + by * DAY_MS)
    .toISOString()
    .slice(0, 10);
}
