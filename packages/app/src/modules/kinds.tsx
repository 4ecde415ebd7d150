import type { IconComponent } from '@backstage/frontend-plugin-api';
import {
  RemixiconComponentType,
  RiBox3Line,
  RiDatabase2Line,
  RiEqualizerLine,
  RiFocus3Line,
  RiGitMergeLine,
  RiServerLine,
  RiWindowLine,
} from '@remixicon/react';

/** An icon as large as the text beside it; the graph gives place and size itself. */
function asIcon(Icon: RemixiconComponentType): IconComponent {
  return ({ fontSize, ...rest }) => <Icon size="1.25em" {...rest} />;
}

/** Kind in lower case -> icon; the same as in the navigation and on the loop. */
export const kindIcons: Record<string, IconComponent> = {
  mlproblem: asIcon(RiFocus3Line),
  mldataset: asIcon(RiDatabase2Line),
  mlfeatureview: asIcon(RiEqualizerLine),
  mlmodel: asIcon(RiBox3Line),
};

const TYPE_ICONS: Record<string, IconComponent> = {
  'ml-pipeline': asIcon(RiGitMergeLine),
  'ml-endpoint': asIcon(RiServerLine),
  'ml-application': asIcon(RiWindowLine),
};

/** Icon of a type of component or API that has its own; undefined leaves the icon of the kind. */
export function iconOf(entity?: {
  spec?: { type?: unknown };
}): IconComponent | undefined {
  const type = entity?.spec?.type;
  return typeof type === 'string' ? TYPE_ICONS[type] : undefined;
}
