/**
 * Coefficients of a stable autoregression from partial autocorrelations inside (−1, 1) (Monahan 1984): x_t = Σ φ_i x_{t−i} + e_t.
 * Writes into `coefficients` from `offset`.
 */
export function fromPartials(partials: ArrayLike<number>): Float64Array {
  const order = partials.length;
  const phi = new Float64Array(order);
  const previous = new Float64Array(order);
  for (let k = 0; k < order; k++) {
    phi[k] = partials[k];
    for (let i = 0; i < k; i++) phi[i] = previous[i] - partials[k] * previous[k - 1 - i];
    previous.set(phi);
  }
  return phi;
}

/** Whether 1 − Σ φ_i zⁱ has all its roots farther from zero than `radius` (Schur–Cohn steps down). */
export function rootsBeyond(phi: ArrayLike<number>, radius: number): boolean {
  const current = Float64Array.from({ length: phi.length }, (_, i) => phi[i] * radius ** (i + 1));
  for (let k = current.length - 1; k >= 0; k--) {
    const partial = current[k];
    if (!(Math.abs(partial) < 1)) return false;
    const scale = 1 - partial * partial;
    const lower = Float64Array.from({ length: k }, (_, i) => (current[i] + partial * current[k - 1 - i]) / scale);
    current.set(lower);
  }
  return true;
}

/** Product (1 − Σ a_i Bⁱ)(1 − Σ A_j B^{jm}) as coefficients in the same form. */
export function multiplySeasonal(plain: Float64Array, seasonal: Float64Array, season: number): Float64Array {
  const product = new Float64Array(plain.length + seasonal.length * season);
  product.set(plain);
  for (let j = 0; j < seasonal.length; j++) {
    const lag = (j + 1) * season;
    product[lag - 1] += seasonal[j];
    for (let i = 0; i < plain.length; i++) product[lag + i] -= seasonal[j] * plain[i];
  }
  return product;
}

/** Coefficients of the pure moving average: ψ_0 = 1, ψ_k = θ_k + Σ φ_i ψ_{k−i}. [count] */
function psiWeights(phi: Float64Array, theta: Float64Array, count: number): Float64Array {
  const psi = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    let value = k === 0 ? 1 : k <= theta.length ? theta[k - 1] : 0;
    for (let i = 1; i <= Math.min(k, phi.length); i++) value += phi[i - 1] * psi[k - i];
    psi[k] = value;
  }
  return psi;
}

/** c_k = Σ_{j ≥ k} θ_j ψ_{j−k}, with θ_0 = 1: covariance of x_t with the moving-average part k steps later, over σ². [q + 1] */
export function crossCovariances(phi: Float64Array, theta: Float64Array): Float64Array {
  const q = theta.length;
  const psi = psiWeights(phi, theta, q + 1);
  return Float64Array.from({ length: q + 1 }, (_, k) => {
    let sum = 0;
    for (let j = k; j <= q; j++) sum += (j === 0 ? 1 : theta[j - 1]) * psi[j - k];
    return sum;
  });
}

/** Autocovariances over σ² at lags 0 … count − 1 (Brockwell & Davis 1991, §3.3). Null when the equations are singular. */
export function autocovariances(phi: Float64Array, cross: Float64Array, count: number): Float64Array | null {
  const p = phi.length;
  const size = p + 1;
  const matrix = new Float64Array(size * size);
  const solution = new Float64Array(Math.max(size, count));
  for (let k = 0; k <= p; k++) {
    matrix[k * size + k] += 1;
    for (let i = 1; i <= p; i++) matrix[k * size + Math.abs(k - i)] -= phi[i - 1];
    solution[k] = cross[k] ?? 0;
  }
  if (!eliminate(matrix, solution, size)) return null;
  for (let k = size; k < count; k++) {
    let value = cross[k] ?? 0;
    for (let i = 1; i <= p; i++) value += phi[i - 1] * solution[k - i];
    solution[k] = value;
  }
  return solution;
}

/** Gaussian elimination with row exchange, in place. */
function eliminate(matrix: Float64Array, right: Float64Array, size: number): boolean {
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(matrix[row * size + column]) > Math.abs(matrix[best * size + column])) best = row;
    if (!(Math.abs(matrix[best * size + column]) > 1e-12)) return false;
    if (best !== column) {
      for (let k = column; k < size; k++) {
        const kept = matrix[column * size + k];
        matrix[column * size + k] = matrix[best * size + k];
        matrix[best * size + k] = kept;
      }
      [right[column], right[best]] = [right[best], right[column]];
    }
    const pivot = matrix[column * size + column];
    for (let row = column + 1; row < size; row++) {
      const factor = matrix[row * size + column] / pivot;
      if (factor === 0) continue;
      for (let k = column; k < size; k++) matrix[row * size + k] -= factor * matrix[column * size + k];
      right[row] -= factor * right[column];
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = right[row];
    for (let k = row + 1; k < size; k++) value -= matrix[row * size + k] * right[k];
    right[row] = value / matrix[row * size + row];
  }
  return true;
}
