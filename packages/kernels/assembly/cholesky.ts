import { madd64, nmadd64 } from './fma';

// Blocked, left-looking, in double precision and by rows: what is summed lies in order in memory.
const BLOCK: i32 = 32;

/** Overwrites the lower triangle of a [n, n] with L, a = L · Lᵀ. False when a is not positive definite. */
export function choleskyFactor(a: usize, n: i32): bool {
  const row = <usize>n << 3;
  for (let j0 = 0; j0 < n; j0 += BLOCK) {
    const end = min(j0 + BLOCK, n);
    for (let i = j0; i < n; i += 2) {
      for (let j = j0; j < end; j += 2) subtractDots(a, row, i, j, min(2, n - i), min(2, end - j), j0);
    }
    for (let i = j0; i < n; i++) {
      const at = a + <usize>i * row;
      const last = min(i + 1, end);
      for (let j = j0; j < last; j++) {
        const other = a + <usize>j * row;
        let sum = load<f64>(at + (<usize>j << 3));
        for (let p = j0; p < j; p++) sum -= load<f64>(at + (<usize>p << 3)) * load<f64>(other + (<usize>p << 3));
        if (j < i) store<f64>(at + (<usize>j << 3), sum / load<f64>(other + (<usize>j << 3)));
        else if (sum > 0) store<f64>(at + (<usize>j << 3), Math.sqrt(sum));
        else return false;
      }
    }
  }
  return true;
}

/** a[i.., j..] -= the dots of their rows' first `depth` values, for two rows by two. */
function subtractDots(a: usize, row: usize, i: i32, j: i32, rows: i32, columns: i32, depth: i32): void {
  let p0 = a + <usize>i * row, q0 = a + <usize>j * row;
  let p1 = rows > 1 ? p0 + row : p0, q1 = columns > 1 ? q0 + row : q0;
  const c0 = p0 + (<usize>j << 3), c1 = p1 + (<usize>j << 3);
  let s00 = f64x2.splat(0), s01 = f64x2.splat(0), s10 = f64x2.splat(0), s11 = f64x2.splat(0);
  let t00 = f64x2.splat(0), t01 = f64x2.splat(0), t10 = f64x2.splat(0), t11 = f64x2.splat(0);
  for (let d = 0; d < depth; d += 4, p0 += 32, p1 += 32, q0 += 32, q1 += 32) {
    let x0 = v128.load(p0), x1 = v128.load(p1), y0 = v128.load(q0), y1 = v128.load(q1);
    s00 = madd64(x0, y0, s00);
    s01 = madd64(x0, y1, s01);
    s10 = madd64(x1, y0, s10);
    s11 = madd64(x1, y1, s11);
    x0 = v128.load(p0, 16), x1 = v128.load(p1, 16), y0 = v128.load(q0, 16), y1 = v128.load(q1, 16);
    t00 = madd64(x0, y0, t00);
    t01 = madd64(x0, y1, t01);
    t10 = madd64(x1, y0, t10);
    t11 = madd64(x1, y1, t11);
  }
  store<f64>(c0, load<f64>(c0) - lanes(f64x2.add(s00, t00)));
  if (columns > 1) store<f64>(c0, load<f64>(c0, 8) - lanes(f64x2.add(s01, t01)), 8);
  if (rows > 1) store<f64>(c1, load<f64>(c1) - lanes(f64x2.add(s10, t10)));
  if (rows > 1 && columns > 1) store<f64>(c1, load<f64>(c1, 8) - lanes(f64x2.add(s11, t11)), 8);
}

@inline
function lanes(s: v128): f64 {
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** Overwrites b [n, m] with the solution of L · Lᵀ · x = b; eight columns of b at a time stay in registers. */
export function choleskySolve(l: usize, b: usize, n: i32, m: i32): void {
  const row = <usize>n << 3;
  for (let j = 0; j < m; j += 8) {
    const width = min(8, m - j);
    for (let i = 0; i < n; i++) eliminate(l + <usize>i * row, 8, b, n, m, i, 0, i, j, width);
    for (let i = n - 1; i >= 0; i--) eliminate(l + (<usize>i << 3), row, b, n, m, i, i + 1, n, j, width);
  }
}

/** b[i] = (b[i] - Σ coefficient[p] · b[p] for p in from..to) / coefficient[i], in columns j..j + width. */
function eliminate(coefficients: usize, step: usize, b: usize, n: i32, m: i32, i: i32, from: i32, to: i32, j: i32, width: i32): void {
  const rowBytes = <usize>m << 3;
  const target = b + <usize>i * rowBytes + (<usize>j << 3);
  let other = b + <usize>from * rowBytes + (<usize>j << 3);
  let coefficient = coefficients + <usize>from * step;
  const by = load<f64>(coefficients + <usize>i * step);
  if (width == 8) {
    let s0 = v128.load(target), s1 = v128.load(target, 16), s2 = v128.load(target, 32), s3 = v128.load(target, 48);
    for (let p = from; p < to; p++, other += rowBytes, coefficient += step) {
      const c = v128.load_splat<f64>(coefficient);
      s0 = nmadd64(c, v128.load(other), s0);
      s1 = nmadd64(c, v128.load(other, 16), s1);
      s2 = nmadd64(c, v128.load(other, 32), s2);
      s3 = nmadd64(c, v128.load(other, 48), s3);
    }
    const d = f64x2.splat(by);
    v128.store(target, f64x2.div(s0, d));
    v128.store(target, f64x2.div(s1, d), 16);
    v128.store(target, f64x2.div(s2, d), 32);
    v128.store(target, f64x2.div(s3, d), 48);
    return;
  }
  for (let q: usize = 0; q < (<usize>width << 3); q += 8) {
    let sum = load<f64>(target + q);
    let at = other + q, c = coefficient;
    for (let p = from; p < to; p++, at += rowBytes, c += step) sum -= load<f64>(c) * load<f64>(at);
    store<f64>(target + q, sum / by);
  }
}
