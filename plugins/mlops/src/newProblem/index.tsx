import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiAddLine } from '@remixicon/react';
import { paths } from '../routes';

const newProblemPage = PageBlueprint.make({
  name: 'new-problem',
  params: {
    path: paths.newProblem(),
    title: 'New problem',
    icon: <RiAddLine />,
    noHeader: true,
    loader: () =>
      import('./NewProblemRoutes').then(m => <m.NewProblemRoutes />),
  },
});

/** The page "New problem" with the progress of what it makes. */
export const newProblemExtensions = [newProblemPage];
export { newProblemTranslationRef } from './translation';
