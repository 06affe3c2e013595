export interface Minimum {
  point: Float64Array;
  value: number;
  evaluations: number;
}

/** Downhill simplex (Nelder & Mead 1965). `step` is the first edge; stops when values differ by less than `tolerance`, relatively. */
export function nelderMead(
  f: (point: Float64Array) => number,
  start: ArrayLike<number>,
  step = 0.1,
  maxEvaluations = 400,
  tolerance = 1e-6,
): Minimum {
  const n = start.length;
  let evaluations = 0;
  const evaluate = (point: Float64Array) => {
    evaluations++;
    const value = f(point);
    return { point, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const simplex = [evaluate(Float64Array.from(start))];
  for (let i = 0; i < n; i++) {
    const point = Float64Array.from(start);
    point[i] += step;
    simplex.push(evaluate(point));
  }
  while (evaluations < maxEvaluations) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst] = [simplex[0], simplex[n]];
    if (worst.value - best.value <= tolerance * (Math.abs(best.value) + 1e-12)) break;
    const along = (factor: number) => evaluate(worst.point.map((x, d) => centre(d) + factor * (x - centre(d))));
    const centre = (d: number) => simplex.reduce((sum, vertex, i) => (i < n ? sum + vertex.point[d] : sum), 0) / n;
    const reflected = along(-1);
    if (reflected.value < best.value) {
      const expanded = along(-2);
      simplex[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[n - 1].value) simplex[n] = reflected;
    else {
      const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[n] = contracted;
      else for (let i = 1; i <= n; i++) simplex[i] = evaluate(simplex[i].point.map((x, d) => (x + best.point[d]) / 2));
    }
  }
  simplex.sort((a, b) => a.value - b.value);
  return { ...simplex[0], evaluations };
}
