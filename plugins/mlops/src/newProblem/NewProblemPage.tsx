import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { Button, ButtonLink } from '@backstage/ui';
import { Page, State } from '../components';
import { paths } from '../routes';
import { ColumnsCard } from './ColumnsCard';
import { TEMPLATE_REF, withRole } from './form';
import { Field, Problem, SECTIONS } from './problems';
import { PolicyCard } from './PolicyCard';
import { ProblemCard } from './ProblemCard';
import { SourceCard } from './SourceCard';
import { SummaryPanel } from './SummaryPanel';
import { TargetCard } from './TargetCard';
import { useNewProblem } from './useNewProblem';
import { useWords } from './useWords';
import './newProblem.css';

/** /ml/new: can I start now? */
export function NewProblemPage() {
  const t = useWords();
  const navigate = useNavigate();
  const scaffolder = useApi(scaffolderApiRef);
  const form = useNewProblem();
  const [creating, setCreating] = useState(false);
  const [failed, setFailed] = useState<Error>();
  const { draft, choices, table, plan, problems, update } = form;

  const create = async () => {
    setCreating(true);
    setFailed(undefined);
    try {
      const { taskId } = await scaffolder.scaffold({
        templateRef: TEMPLATE_REF,
        values: JSON.parse(JSON.stringify(form.request)),
      });
      navigate(`${paths.newProblem()}/${taskId}`);
    } catch (error) {
      setFailed(toError(error));
      setCreating(false);
    }
  };

  return (
    <Page
      title={t('title')}
      crumbs={[{ title: t('problems'), href: paths.problems() }]}
      meta={<Sections problems={problems} reached={Boolean(table.value)} />}
      acts={
        <>
          <ButtonLink variant="tertiary" href="/create">
            {t('otherTemplate')}
          </ButtonLink>
          <Button
            variant="secondary"
            onPress={() => navigate(paths.problems())}
          >
            {t('cancel')}
          </Button>
        </>
      }
    >
      <div className="ml-wide start ml-new">
        <div className="ml-col ml-gap-16">
          <SourceCard
            draft={draft}
            table={table}
            problems={problems}
            update={update}
          />
          {table.value && choices && (
            <>
              <ColumnsCard
                table={table.value}
                choices={choices}
                problems={problems}
                onRole={(column, role) =>
                  update({
                    roles: withRole(table.value!, draft.roles, column, role),
                    ...(role === 'target' ? { positiveClass: undefined } : {}),
                  })
                }
                onWritten={(column, written) =>
                  update({ written: { ...draft.written, [column]: written } })
                }
              />
              <TargetCard
                table={table.value}
                choices={choices}
                plan={plan}
                problems={problems}
                update={update}
              />
              <ProblemCard
                draft={draft}
                choices={choices}
                plan={plan.value}
                owners={form.owners}
                nameFree={form.nameFree}
                problems={problems}
                update={update}
              />
              <PolicyCard
                draft={draft}
                choices={choices}
                problems={problems}
                update={update}
              />
            </>
          )}
        </div>
        <SummaryPanel
          draft={draft}
          table={table.value}
          reading={table.asking}
          choices={choices}
          plan={plan}
          problems={problems}
          creating={creating}
          failed={failed}
          onCreate={create}
          onDiscard={() => {
            form.discard();
          }}
        />
      </div>
    </Page>
  );
}

/** The parts of the form with their state, as words. */
function Sections(props: { problems: Problem[]; reached: boolean }) {
  const t = useWords();
  const parts = Object.entries(SECTIONS) as Array<
    [keyof typeof SECTIONS, Field[]]
  >;
  return (
    <>
      {parts.map(([id, fields]) => {
        const title = t(`section.${id}`);
        const left = props.problems.filter(p => fields.includes(p.field));
        const count = left.length;
        const waits = id === 'source' ? count > 0 : !props.reached;
        if (waits) {
          return (
            <State key={id} state="waiting">
              {title}
            </State>
          );
        }
        const open = left.every(p => p.open);
        return count ? (
          <State key={id} state={open ? 'waiting' : 'failed'}>
            {t(open ? 'section.fill' : 'section.fix', { title, count })}
          </State>
        ) : (
          <State key={id} state="succeeded">
            {title}
          </State>
        );
      })}
      <State state="waiting">{t('section.create')}</State>
    </>
  );
}
