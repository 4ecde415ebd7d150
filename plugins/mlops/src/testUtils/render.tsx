import { ReactElement } from 'react';
// eslint-disable-next-line @backstage/no-undeclared-imports -- only tests import this file
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { mlopsApiRef } from '../api';
import { Answers, FakeHub, createFakeHub } from './fakeHub';

/** Renders a page at a path of the portal against the fake hub; query it with `screen`; `hub.calls` tells what was asked. */
export function renderPage(
  element: ReactElement,
  options: { path?: string; mountPath?: string; answers?: Answers } = {},
): { hub: FakeHub; unmount: () => void } {
  const hub = createFakeHub(options.answers);
  const view = renderInTestApp(element, {
    apis: [[mlopsApiRef, hub.client]],
    initialRouteEntries: [options.path ?? '/'],
    mountPath: options.mountPath,
  });
  return { hub, unmount: view.unmount };
}
