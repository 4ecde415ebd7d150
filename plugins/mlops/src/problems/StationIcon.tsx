import {
  RiBox3Line,
  RiDatabase2Line,
  RiEqualizerLine,
  RiGitMergeLine,
  RiPulseLine,
  RiServerLine,
} from '@remixicon/react';
import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';

export type StationName = ProblemDetail['loop'][number]['station'];

const ICONS: Record<StationName, typeof RiBox3Line> = {
  data: RiDatabase2Line,
  features: RiEqualizerLine,
  pipeline: RiGitMergeLine,
  version: RiBox3Line,
  endpoint: RiServerLine,
  monitoring: RiPulseLine,
};

/** Icon of a station of the loop, the same wherever the loop is drawn. */
export function StationIcon(props: { station: StationName; size: number }) {
  const Icon = ICONS[props.station];
  return <Icon size={props.size} aria-hidden />;
}
