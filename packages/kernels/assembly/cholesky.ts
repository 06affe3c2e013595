import { madd64, nmadd64 } from './fma';
import { workspace } from './workspace';

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
export function lanes(s: v128): f64 {
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

const PANEL: i32 = 8;

/** Overwrites b [n, m] with the solution of L · Lᵀ · x = b, eight columns at a time: packed, they are read in order. n ≤ 32,768. */
export function choleskySolve(l: usize, b: usize, n: i32, m: i32): void {
  const row = <usize>n << 3;
  const panel = workspace();
  for (let j = 0; j < m; j += PANEL) {
    const width = min(PANEL, m - j);
    const first = packColumns(panel, b + (<usize>j << 3), n, m, width);
    for (let i = first; i < n; i++) eliminateForward(l + <usize>i * row, panel, first, i);
    for (let i = n - 1; i >= 0; i--) eliminateBackward(l + <usize>i * row, panel, i);
    unpackColumns(panel, b + (<usize>j << 3), n, m, width);
  }
}

/** Returns the first row that is not zero throughout: above it nothing is to be eliminated. */
function packColumns(panel: usize, b: usize, n: i32, m: i32, width: i32): i32 {
  let first = n;
  for (let i = 0; i < n; i++, b += <usize>m << 3, panel += PANEL << 3) {
    for (let q = 0; q < PANEL; q++) {
      const value = q < width ? load<f64>(b + (<usize>q << 3)) : 0;
      store<f64>(panel + (<usize>q << 3), value);
      if (value != 0) first = min(first, i);
    }
  }
  return first;
}

function unpackColumns(panel: usize, b: usize, n: i32, m: i32, width: i32): void {
  for (let i = 0; i < n; i++, b += <usize>m << 3, panel += PANEL << 3) {
    for (let q = 0; q < width; q++) store<f64>(b + (<usize>q << 3), load<f64>(panel + (<usize>q << 3)));
  }
}

/** panel[i] = (panel[i] - Σ l[p] · panel[p] for p in first..i) / l[i]. */
function eliminateForward(l: usize, panel: usize, first: i32, i: i32): void {
  const target = panel + (<usize>i << 6);
  let s0 = v128.load(target), s1 = v128.load(target, 16), s2 = v128.load(target, 32), s3 = v128.load(target, 48);
  let t0 = f64x2.splat(0), t1 = t0, t2 = t0, t3 = t0;
  let other = panel + (<usize>first << 6);
  let p = l + (<usize>first << 3);
  const end = l + (<usize>i << 3);
  for (; p + 16 <= end; p += 16, other += 128) {
    let c = v128.load_splat<f64>(p);
    s0 = nmadd64(c, v128.load(other), s0);
    s1 = nmadd64(c, v128.load(other, 16), s1);
    s2 = nmadd64(c, v128.load(other, 32), s2);
    s3 = nmadd64(c, v128.load(other, 48), s3);
    c = v128.load_splat<f64>(p, 8);
    t0 = nmadd64(c, v128.load(other, 64), t0);
    t1 = nmadd64(c, v128.load(other, 80), t1);
    t2 = nmadd64(c, v128.load(other, 96), t2);
    t3 = nmadd64(c, v128.load(other, 112), t3);
  }
  if (p < end) {
    const c = v128.load_splat<f64>(p);
    s0 = nmadd64(c, v128.load(other), s0);
    s1 = nmadd64(c, v128.load(other, 16), s1);
    s2 = nmadd64(c, v128.load(other, 32), s2);
    s3 = nmadd64(c, v128.load(other, 48), s3);
  }
  const d = v128.load_splat<f64>(end);
  v128.store(target, f64x2.div(f64x2.add(s0, t0), d));
  v128.store(target, f64x2.div(f64x2.add(s1, t1), d), 16);
  v128.store(target, f64x2.div(f64x2.add(s2, t2), d), 32);
  v128.store(target, f64x2.div(f64x2.add(s3, t3), d), 48);
}

/** panel[i] /= l[i]; then panel[p] -= l[p] · panel[i] for p below i: reads L by rows, which the transpose would take by columns. */
function eliminateBackward(l: usize, panel: usize, i: i32): void {
  const target = panel + (<usize>i << 6);
  const end = l + (<usize>i << 3);
  const d = v128.load_splat<f64>(end);
  const x0 = f64x2.div(v128.load(target), d), x1 = f64x2.div(v128.load(target, 16), d);
  const x2 = f64x2.div(v128.load(target, 32), d), x3 = f64x2.div(v128.load(target, 48), d);
  v128.store(target, x0);
  v128.store(target, x1, 16);
  v128.store(target, x2, 32);
  v128.store(target, x3, 48);
  for (; l < end; l += 8, panel += 64) {
    const c = v128.load_splat<f64>(l);
    v128.store(panel, nmadd64(c, x0, v128.load(panel)));
    v128.store(panel, nmadd64(c, x1, v128.load(panel, 16)), 16);
    v128.store(panel, nmadd64(c, x2, v128.load(panel, 32)), 32);
    v128.store(panel, nmadd64(c, x3, v128.load(panel, 48)), 48);
  }
}
