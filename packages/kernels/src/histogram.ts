import { instantiateKernels } from './instance.ts';
import { requireLength, scratchOn } from './scratch.ts';

export const HISTOGRAM_BINS = 256;

/** Binned features that stay in kernel memory while trees grow on them. Freed with the object. */
export interface BinnedRows {
  readonly rows: number;
  readonly features: number;
  /** What the next histograms sum: first and second derivative of the loss per row, [rows] each. */
  setDerivatives(gradients: Float32Array, hessians: Float32Array): void;
  /** Sums over the chosen rows: [features, 256 bins, 2], gradient then hessian, in double precision. Throws RangeError for a row that does not exist. */
  histogram(chosen: Uint32Array): Float64Array<ArrayBuffer>;
}

/** Copies `bins` [rows, features] once into a memory of its own. */
export function holdBinnedRows(bins: Uint8Array, rows: number, features: number): BinnedRows {
  requireLength('bins', bins, rows * features);
  const kernels = instantiateKernels();
  const held = scratchOn(kernels).put(bins);
  const pairs = new Float64Array(2 * rows);
  const pairsAt = scratchOn(kernels, held + bins.byteLength).put(pairs);
  const free = pairsAt + pairs.byteLength;
  const length = features * HISTOGRAM_BINS * 2;
  return {
    rows,
    features,
    setDerivatives(gradients, hessians) {
      requireLength('gradients', gradients, rows);
      requireLength('hessians', hessians, rows);
      for (let r = 0; r < rows; r++) {
        pairs[2 * r] = gradients[r];
        pairs[2 * r + 1] = hessians[r];
      }
      new Float64Array(kernels.memory.buffer, pairsAt, pairs.length).set(pairs);
    },
    histogram(chosen) {
      const missing = chosen.find((row) => row >= rows);
      if (missing !== undefined) throw new RangeError(`row ${missing} does not exist: there are ${rows}`);
      const scratch = scratchOn(kernels, free);
      const at = scratch.put(chosen);
      const out = scratch.room(2 * length);
      kernels.addHistogram(held, pairsAt, at, out, chosen.length, features);
      return scratch.readInto(out, new Float64Array(length));
    },
  };
}
