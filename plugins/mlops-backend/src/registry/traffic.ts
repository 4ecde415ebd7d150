interface Share {
  version: number;
  percent: number;
}

/** Which version the aliases name: champion has all traffic of an endpoint, or had it last; challenger is a canary beside it. */
export function aliasesFor(
  traffic: Share[],
  champion: number | undefined,
): { champion?: number; challenger?: number } {
  const flowing = traffic.filter(({ percent }) => percent > 0);
  const whole = flowing.find(({ percent }) => percent === 100)?.version;
  const still = flowing.some(({ version }) => version === champion)
    ? champion
    : undefined;
  const first = whole ?? still;
  const others = flowing
    .filter(({ version }) => version !== first)
    .sort((a, b) => b.percent - a.percent);
  return { champion: first, challenger: others[0]?.version };
}

/** Stage of a version by the traffic it has: production is reached and left only this way. */
export function stageFor(stage: string, percent: number): string {
  if (percent === 100) return 'production';
  if (percent > 0) return stage === 'production' ? stage : 'staging';
  if (stage === 'production') return 'archived';
  return stage === 'staging' ? 'candidate' : stage;
}
