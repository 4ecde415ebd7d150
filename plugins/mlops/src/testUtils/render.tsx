import { ReactElement } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { mlopsApiRef } from '../api';
import { Answers, createFakeHub } from './fakeHub';

/** Renders a page at a path of the portal against the fake hub; returns the hub's calls beside the queries. */
export function renderPage(
  element: ReactElement,
  options: { path?: string; mountPath?: string; answers?: Answers } = {},
) {
  const hub = createFakeHub(options.answers);
  const view = renderInTestApp(element, {
    apis: [[mlopsApiRef, hub.client]],
    initialRouteEntries: [options.path ?? '/'],
    mountPath: options.mountPath,
  });
  return { ...view, hub };
}
