/** A belief about one number. */
export interface Normal {
  mean: number;
  standardDeviation: number;
}

/** One measurement of it. */
export interface Observation {
  value: number;
  standardError: number;
}

/**
 * Normal-normal update: the belief after measurements. `spread` is how much the true value itself differs from case to case, added to each
 * measurement's variance, so that many small tests of one case do not make the belief about the next case certain.
 */
export function updateNormal(prior: Normal, observations: readonly Observation[], spread = 0): Normal {
  let precision = 1 / prior.standardDeviation ** 2;
  let weighted = prior.mean * precision;
  for (const { value, standardError } of observations) {
    const weight = 1 / (standardError ** 2 + spread ** 2);
    if (!Number.isFinite(weight) || !Number.isFinite(value)) continue;
    precision += weight;
    weighted += value * weight;
  }
  return { mean: weighted / precision, standardDeviation: Math.sqrt(1 / precision) };
}

export interface Shrunk {
  /** One belief per group, [groups]. A group without a usable measurement gets the common mean and the full spread. */
  groups: Normal[];
  common: Normal;
  /** Standard deviation between groups. */
  spread: number;
}

/**
 * Empirical Bayes over groups: the spread between groups by the method of moments (DerSimonian & Laird 1986), each group pulled to the
 * common mean by how uncertain it is. The common mean itself starts from `prior`. A missing measurement is null.
 */
export function shrinkGroups(observations: readonly (Observation | null)[], prior: Normal): Shrunk {
  const usable = observations.filter((o) => o !== null).filter(isUsable);
  const spread = usable.length < 2 ? prior.standardDeviation / 2 : betweenGroups(usable);
  const common = updateNormal(prior, usable, spread);
  const unmeasured = { mean: common.mean, standardDeviation: Math.hypot(common.standardDeviation, spread) };
  const groups = observations.map((o) => (o !== null && isUsable(o) ? updateNormal(unmeasured, [o]) : unmeasured));
  return { groups, common, spread };
}

const isUsable = ({ value, standardError }: Observation) => Number.isFinite(value) && standardError > 0 && Number.isFinite(standardError);

function betweenGroups(observations: readonly Observation[]): number {
  const weights = observations.map(({ standardError }) => 1 / standardError ** 2);
  const total = weights.reduce((a, b) => a + b, 0);
  const centre = observations.reduce((sum, { value }, i) => sum + weights[i] * value, 0) / total;
  const q = observations.reduce((sum, { value }, i) => sum + weights[i] * (value - centre) ** 2, 0);
  const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
  return Math.sqrt(Math.max(0, (q - (observations.length - 1)) / (total - squares / total)));
}
