/** AES-256 in ECB mode over whole blocks of 16 bytes under this installation's code key: the caller owns key and cipher. */
export type EncryptBlocks = (blocks: Uint8Array) => Uint8Array;

/** Numbers of 60 bits as two halves of 30 bits: `left[n] * 2 ** 30 + right[n]`. All [n]. */
export interface Halves {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
}

const HALF_MASK = 0x3fff_ffff;
const BLOCK_BYTES = 16;
/** As many as FF1 has (NIST SP 800-38G). */
const ROUNDS = Array.from({ length: 10 }, (_, round) => round);
/** "plc1": keeps these blocks apart from anything else that should ever be encrypted under the same key. */
const DOMAIN_TAG = [0x70, 0x6c, 0x63, 0x31] as const;

/**
 * Permutes the 60-bit numbers in place: a balanced Feistel network of 10 rounds, whose round function is AES-256 of (half, round)
 * cut to 30 bits. A Feistel network is a permutation whatever its round function is, hence no two numbers share a code; AES under
 * a secret key is a pseudorandom function, hence from five rounds on nobody who knows far fewer than 2³⁰ codes can tell the network
 * from a random permutation (Luby and Rackoff 1988; Patarin, CRYPTO 2004). Whoever holds a million codes can therefore say nothing
 * about the next one, and a guess hits one of k live codes with probability k / 2⁶⁰. AES over many blocks at once is what makes ten
 * million codes take seconds: HMAC-SHA-256, one call a round, would need a hundred million calls.
 */
export const permute = (halves: Halves, encrypt: EncryptBlocks): void => runRounds(halves, ROUNDS, encrypt);

/** Undoes `permute`, in place. */
export const unpermute = (halves: Halves, encrypt: EncryptBlocks): void => runRounds(halves, ROUNDS.toReversed(), encrypt);

function runRounds({ left, right }: Halves, rounds: readonly number[], encrypt: EncryptBlocks): void {
  const blocks = new Uint8Array(left.length * BLOCK_BYTES);
  for (let at = 0; at < blocks.length; at += BLOCK_BYTES) blocks.set(DOMAIN_TAG, at + 8);
  for (const round of rounds) mixRound(round % 2 === 0 ? left : right, round % 2 === 0 ? right : left, round, blocks, encrypt);
}

/** target ^= F(source, round); bytes are written one by one, so that every machine makes the same codes. */
function mixRound(target: Uint32Array, source: Uint32Array, round: number, blocks: Uint8Array, encrypt: EncryptBlocks): void {
  for (let n = 0, at = 0; n < source.length; n += 1, at += BLOCK_BYTES) {
    const half = source[n] ?? 0;
    blocks[at] = half;
    blocks[at + 1] = half >>> 8;
    blocks[at + 2] = half >>> 16;
    blocks[at + 3] = half >>> 24;
    blocks[at + 4] = round;
  }
  const mixed = encrypt(blocks);
  if (mixed.length !== blocks.length) throw new RangeError(`the cipher gave ${mixed.length} bytes for ${blocks.length}`);
  for (let n = 0, at = 0; n < target.length; n += 1, at += BLOCK_BYTES) {
    const word = (mixed[at] ?? 0) | ((mixed[at + 1] ?? 0) << 8) | ((mixed[at + 2] ?? 0) << 16) | ((mixed[at + 3] ?? 0) << 24);
    target[n] = ((target[n] ?? 0) ^ word) & HALF_MASK;
  }
}
