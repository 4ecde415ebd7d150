import {
  RiBookOpenLine,
  RiBox3Line,
  RiCheckLine,
  RiCodeLine,
  RiCpuLine,
  RiDatabase2Line,
  RiEqualizerLine,
  RiFileList2Line,
  RiFlowChart,
  RiFocus3Line,
  RiGitMergeLine,
  RiHomeLine,
  RiNotification3Line,
  RiPulseLine,
  RiServerLine,
  RiSettings3Line,
  RiStackLine,
  RiAddBoxLine,
} from '@remixicon/react';
import { MessageKey } from '../hooks/useText';
import { paths } from '../routes';

export interface NavEntry {
  title: MessageKey;
  href: string;
  icon: typeof RiBox3Line;
  exact?: boolean;
  /** Which count of the home answer stands beside it. */
  count?: 'approvals' | 'alerts';
}
export interface NavGroup {
  title?: MessageKey;
  entries: NavEntry[];
}

/** What the side navigation leads to, in the order of the loop. */
export const NAV_GROUPS: NavGroup[] = [
  {
    entries: [
      { title: 'noun.home', href: paths.home(), icon: RiHomeLine, exact: true },
      { title: 'noun.problems', href: paths.problems(), icon: RiFocus3Line },
    ],
  },
  {
    title: 'nav.build',
    entries: [
      {
        title: 'noun.datasets',
        href: paths.datasets(),
        icon: RiDatabase2Line,
      },
      {
        title: 'noun.featureViews',
        href: paths.featureViews(),
        icon: RiEqualizerLine,
      },
      {
        title: 'noun.pipelines',
        href: paths.pipelines(),
        icon: RiGitMergeLine,
      },
      { title: 'noun.models', href: paths.models(), icon: RiBox3Line },
      { title: 'noun.endpoints', href: paths.endpoints(), icon: RiServerLine },
    ],
  },
  {
    title: 'nav.review',
    entries: [
      {
        title: 'noun.approvals',
        href: paths.approvals(),
        icon: RiCheckLine,
        count: 'approvals',
      },
      {
        title: 'noun.alerts',
        href: paths.alerts(),
        icon: RiPulseLine,
        count: 'alerts',
      },
      { title: 'noun.lineage', href: paths.lineage(), icon: RiFlowChart },
    ],
  },
  {
    title: 'nav.operate',
    entries: [
      { title: 'noun.platform', href: paths.platform(), icon: RiCpuLine },
      { title: 'noun.audit', href: paths.audit(), icon: RiFileList2Line },
      { title: 'noun.api', href: paths.api(), icon: RiCodeLine },
    ],
  },
];

/** Pages of other plugins by extension id; shown where that plugin is installed. */
export const OTHER_PAGES: Array<NavEntry & { extension: string }> = [
  {
    extension: 'page:catalog',
    title: 'nav.catalog',
    href: '/catalog',
    icon: RiStackLine,
  },
  {
    extension: 'page:scaffolder',
    title: 'nav.create',
    href: '/create',
    icon: RiAddBoxLine,
  },
  {
    extension: 'page:techdocs',
    title: 'nav.docs',
    href: '/docs',
    icon: RiBookOpenLine,
  },
  {
    extension: 'page:notifications',
    title: 'nav.notifications',
    href: '/notifications',
    icon: RiNotification3Line,
  },
  {
    extension: 'page:user-settings',
    title: 'nav.settings',
    href: '/settings',
    icon: RiSettings3Line,
  },
];
