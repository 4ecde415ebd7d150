import { useState } from 'react';
import { RiArrowLeftSLine, RiArrowRightSLine, RiLinkM } from '@remixicon/react';
import { Button, ButtonIcon, Select } from '@backstage/ui';
import { useFormat, useText } from '../hooks';
import { LineageTime } from './useLineage';

const DAY_MS = 86_400_000;

/** Date of the graph (by day), and how far it goes. */
export function TimeTools(props: { time: LineageTime }) {
  const { t } = useText();
  const format = useFormat();
  const { day, setDay, depth, setDepth } = props.time;
  const [copied, setCopied] = useState(false);
  const today = new Date().toISOString().slice(0, 10);
  const step = (by: number) => {
    const next = dayAfter(day || today, by);
    setDay(next >= today ? '' : next);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href);
    setCopied(true);
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
            onChange={event => setDay(event.target.value)}
          />
        </label>
        <Button
          size="small"
          variant="secondary"
          isDisabled={!day}
          onPress={() => setDay('')}
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
        <span className="ml-s12 ml-2">
          {day
            ? t('lineage.asOfThen', { date: format.date(`${day}T12:00`) })
            : t('lineage.asOfNow')}
        </span>
        <span className="ml-push ml-row wrap">
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
          <Button
            size="small"
            variant="tertiary"
            iconStart={<RiLinkM size={16} />}
            onPress={copy}
          >
            {t(copied ? 'common.copied' : 'lineage.copyLink')}
          </Button>
        </span>
      </div>
    </section>
  );
}

function dayAfter(day: string, by: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + by * DAY_MS)
    .toISOString()
    .slice(0, 10);
}
