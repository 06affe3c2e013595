import { openTensorflow } from './open-tensorflow.ts';
import { logisticWorkload, lstmWorkload, matmulWorkload, ratePerSecond } from './workloads.ts';

export interface BackendMeasurement {
  backend: 'native' | 'portable';
  /** 256 × 256 × 256 product, in 10⁹ floating-point operations a second. */
  matmulGflops: number;
  /** Training: 32 units, 28 steps, batch 256, Adam. */
  lstmSequencesPerSecond: number;
  /** Training: 24 features, batch 1,024, Adam. */
  logisticRowsPerSecond: number;
}

/** How fast this machine trains, in about three times `milliseconds`. */
export async function measureBackend(milliseconds = 300): Promise<BackendMeasurement> {
  const { tf, backend, lstm } = await openTensorflow();
  return {
    backend,
    matmulGflops: ratePerSecond(matmulWorkload(tf), milliseconds) / 1e9,
    lstmSequencesPerSecond: ratePerSecond(lstmWorkload(tf, lstm), milliseconds),
    logisticRowsPerSecond: ratePerSecond(logisticWorkload(tf), milliseconds),
  };
}
