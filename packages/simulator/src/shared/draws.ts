/** One number per purpose, so that asking one question never shifts the answer of another (common random numbers). */
export const PURPOSE = {
  visit: 1,
  lapse: 2,
  recover: 3,
  hour: 4,
  need: 5,
  choice: 6,
  outside: 7,
  quantity: 8,
  halo: 9,
  search: 10,
  code: 11,
  nearMiss: 12,
  returned: 13,
  rated: 14,
  browse: 15,
  channel: 16,
  checkout: 17,
  haloChoice: 18,
  addedChoice: 19,
  category: 30,
  product: 31,
  price: 32,
  launch: 33,
  cut: 34,
  sale: 35,
  user: 40,
  taste: 41,
  affinity: 42,
  stock: 43,
  name: 44,
} as const;

const rotate = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));

function absorb(hash: number, key: number): number {
  const mixed = Math.imul(rotate(Math.imul(key, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotate(hash ^ mixed, 13), 5) + 0xe6546b64) | 0;
}

/**
 * A uniform number in (0, 1) that depends on its keys alone: MurmurHash3 (x86, 32 bit) over the four keys.
 * `index` is below 2^20 and `purpose` below 2^11.
 */
export function draw(seed: number, subject: number, day: number, purpose: number, index = 0): number {
  let hash = absorb(absorb(absorb(seed | 0, subject), day), (purpose << 20) | index);
  hash ^= 12;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296 + 1.1641532182693481e-10;
}

/** Standard normal by Box and Muller from two keyed draws; uses `2 * index` and `2 * index + 1`. */
export function drawNormal(seed: number, subject: number, day: number, purpose: number, index = 0): number {
  const radius = Math.sqrt(-2 * Math.log(draw(seed, subject, day, purpose, 2 * index)));
  return radius * Math.cos(2 * Math.PI * draw(seed, subject, day, purpose, 2 * index + 1));
}

/** Standard exponential: the clock of an exponential race; the smallest `clock / weight` wins with probability weight / sum. */
export function drawExponential(seed: number, subject: number, day: number, purpose: number, index = 0): number {
  return -Math.log(draw(seed, subject, day, purpose, index));
}

/** Whole number in [0, count). */
export function drawWhole(seed: number, subject: number, day: number, purpose: number, count: number, index = 0): number {
  return Math.min(count - 1, Math.floor(draw(seed, subject, day, purpose, index) * count));
}
