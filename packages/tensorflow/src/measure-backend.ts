import { openTensorflow } from './open-tensorflow.ts';
import { logisticWorkload, lstmWorkload, matmulWorkload, neuralCfWorkload, ratePerSecond } from './workloads.ts';

export interface BackendMeasurement {
  backend: 'native' | 'portable';
  /** 256 × 256 × 256 product, in 10⁹ floating-point operations a second. */
  matmulGflops: number;
  /** Training: 32 units, 28 steps, batch 256, Adam. */
  lstmSequencesPerSecond: number;
  /** Training: 24 features, batch 1,024, Adam. */
  logisticRowsPerSecond: number;
  /** Training: embeddings of 32 for 6,040 users and 3,706 products, 64-32-1, batch 1,024, Adam. */
  neuralCfSamplesPerSecond: number;
}

/** How fast this machine trains, in about four times `milliseconds`. */
export async function measureBackend(milliseconds = 300): Promise<BackendMeasurement> {
  const trainer = await openTensorflow();
  const { tf, backend } = trainer;
  return {
    backend,
    matmulGflops: ratePerSecond(matmulWorkload(tf), milliseconds) / 1e9,
    lstmSequencesPerSecond: ratePerSecond(lstmWorkload(trainer), milliseconds),
    logisticRowsPerSecond: ratePerSecond(logisticWorkload(trainer), milliseconds),
    neuralCfSamplesPerSecond: ratePerSecond(neuralCfWorkload(trainer), milliseconds),
  };
}
