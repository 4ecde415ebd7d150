import {
  RiAddBoxLine,
  RiApps2Line,
  RiBox3Line,
  RiCheckLine,
  RiDatabase2Line,
  RiEqualizerLine,
  RiEyeOffLine,
  RiFlowChart,
  RiFocus3Line,
  RiGitCommitLine,
  RiGitMergeLine,
  RiPagesLine,
  RiPulseLine,
  RiQuestionAnswerLine,
  RiServerLine,
} from '@remixicon/react';

const ICONS: Record<string, typeof RiBox3Line> = {
  version: RiBox3Line,
  model: RiBox3Line,
  run: RiGitMergeLine,
  data: RiDatabase2Line,
  commit: RiGitCommitLine,
  endpoint: RiServerLine,
  revision: RiServerLine,
  approval: RiCheckLine,
  problem: RiFocus3Line,
  prediction: RiQuestionAnswerLine,
  application: RiApps2Line,
  alert: RiPulseLine,
  monitoring: RiPulseLine,
  featureview: RiEqualizerLine,
  features: RiEqualizerLine,
  creation: RiAddBoxLine,
  page: RiPagesLine,
  hidden: RiEyeOffLine,
};

/** Icon of a kind of node; a general one for kinds that are not known here. */
export function KindIcon(props: { kind: string }) {
  const Icon = ICONS[props.kind] ?? RiFlowChart;
  return <Icon size={14} aria-hidden />;
}
