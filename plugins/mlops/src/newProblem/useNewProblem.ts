import { useMemo, useRef } from 'react';
import { MlopsApiError } from '@mlops-portal/plugin-mlops-common';
import { choicesOf, previewOf, requestOf } from './form';
import { allProblems, localProblems } from './problems';
import { useAnswer } from './useAnswer';
import { useDraft } from './useDraft';
import { useOwners } from './useOwners';

const TYPING_MS = 500;

/** Everything the form knows: the draft, the table it names, what the hub says of both. */
export function useNewProblem() {
  const { draft, update, discard } = useDraft();
  const owners = useOwners();
  const { source, written } = draft;
  const read = useAnswer(
    source && { source, ...(Object.keys(written).length ? { written } : {}) },
    (client, body, signal) => client.inspectSource({ body }, { signal }),
    { keep: true },
  );
  // The form stays while the same file is read in another way; of another one nothing is known yet.
  const place = JSON.stringify({ ...source, encoding: undefined });
  const placeRead = useRef('');
  if (!read.asking) placeRead.current = place;
  const table =
    placeRead.current === place ? read : { ...read, value: undefined };
  const choices = useMemo(
    () =>
      table.value ? choicesOf(draft, table.value, owners[0] ?? '') : undefined,
    [draft, table.value, owners],
  );
  const request = choices && requestOf(draft, choices);
  // Name and title do not matter to the table: typing them must not read it again.
  const early = request && {
    ...previewOf(request),
    title: 'preview',
    objective: '',
  };
  const complete =
    choices?.target && !(choices.outcome === 'rule' && !choices.positive);
  const plan = useAnswer(
    complete ? early : undefined,
    (client, body, signal) => client.planProblem({ body }, { signal }),
    { delayMs: TYPING_MS, keep: true },
  );
  const nameIsName = /^[a-z][a-z0-9-]*$/.test(choices?.name ?? '');
  const name = useAnswer(
    nameIsName ? choices!.name : undefined,
    async (client, asked, signal) => {
      try {
        await client.getRepository({ name: asked }, { signal });
        return 'taken' as const;
      } catch (error) {
        if (error instanceof MlopsApiError && error.status === 404) {
          return 'free' as const;
        }
        throw error;
      }
    },
    { delayMs: TYPING_MS },
  );
  const local = localProblems(draft, choices, name.value === 'taken');
  return {
    draft,
    update,
    discard,
    owners,
    table,
    choices,
    request,
    plan,
    nameFree: name.value === 'free',
    problems: allProblems(local, plan.asking ? undefined : plan.value),
  };
}
