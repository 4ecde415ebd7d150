import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  RiExternalLinkLine,
  RiMoreLine,
  RiPlayLine,
  RiStopLine,
} from '@remixicon/react';
import {
  Button,
  ButtonIcon,
  ButtonLink,
  Menu,
  MenuItem,
  MenuTrigger,
} from '@backstage/ui';
import { RunDetail, isFinal } from '@mlops-portal/plugin-mlops-common';
import { ErrorNotice, ReasonDialog } from '../components';
import { useAct, useHub, useText } from '../hooks';
import { paths } from '../routes';

/** Stop a run that goes on, or start it again. */
export function RunActs(props: { run: RunDetail; onChanged: () => void }) {
  const { t } = useText();
  const { run } = props;
  const navigate = useNavigate();
  const [stopping, setStopping] = useState(false);
  const stopAct = useAct();
  const rerunAct = useAct();

  const stop = async (reason: string) => {
    const stopped = await stopAct.act((hub, signal) =>
      hub.stopRun({ id: run.id, body: { reason } }, { signal }),
    );
    if (!stopped) return;
    setStopping(false);
    props.onChanged();
  };
  const rerun = async (cache: boolean) => {
    const started = await rerunAct.act((hub, signal) =>
      hub.rerun(
        { id: run.id, body: { cache, idempotencyKey: crypto.randomUUID() } },
        { signal },
      ),
    );
    if (started) navigate(paths.run(started.id));
  };

  return (
    <>
      <CompareLink run={run} />
      {run.engineLinks.map(link => (
        <ButtonLink
          key={link.url}
          href={link.url}
          size="small"
          variant="secondary"
          iconStart={<RiExternalLinkLine size={16} />}
        >
          {t('common.openIn', { title: link.title })}
        </ButtonLink>
      ))}
      {isFinal(run.state) ? (
        <>
          <Button
            size="small"
            variant="primary"
            isPending={rerunAct.busy}
            iconStart={<RiPlayLine size={16} />}
            onPress={() => rerun(true)}
          >
            {t('run.rerun')}
          </Button>
          <MenuTrigger>
            <ButtonIcon
              size="small"
              variant="tertiary"
              aria-label={t('common.more')}
              icon={<RiMoreLine size={16} />}
            />
            <Menu>
              <MenuItem onAction={() => rerun(false)}>
                {t('run.rerunFresh')}
              </MenuItem>
            </Menu>
          </MenuTrigger>
        </>
      ) : (
        <Button
          size="small"
          variant="secondary"
          destructive
          iconStart={<RiStopLine size={16} />}
          onPress={() => setStopping(true)}
        >
          {t('run.stop')}
        </Button>
      )}
      {rerunAct.error && (
        <ErrorNotice what={t('run.rerun')} error={rerunAct.error} act />
      )}
      <ReasonDialog
        isOpen={stopping}
        title={t('run.stopTitle', {
          number: String(run.number),
          pipeline: run.pipeline,
        })}
        changes={[t('run.stopChange')]}
        confirm={t('run.stop').replace('…', '')}
        destructive
        busy={stopAct.busy}
        error={stopAct.error}
        onClose={() => setStopping(false)}
        onConfirm={stop}
      />
    </>
  );
}

/** Leads to the comparison with the succeeded run before, where there is one among the newest. */
function CompareLink({ run }: { run: RunDetail }) {
  const { t } = useText();
  const { value } = useHub(
    (hub, signal) =>
      hub.listRuns({ name: run.pipeline, state: 'succeeded' }, { signal }),
    ['runs-before', run.pipeline, run.id],
  );
  const before = value?.items.find(({ number }) => number < run.number);
  if (!before) return null;
  return (
    <ButtonLink
      href={paths.compareRuns(run.pipeline, [before.id, run.id])}
      size="small"
      variant="secondary"
    >
      {t('compareRuns.with', { number: String(before.number) })}
    </ButtonLink>
  );
}
