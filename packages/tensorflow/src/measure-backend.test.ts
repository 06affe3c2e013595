import { expect, test } from 'vitest';
import { measureBackend } from './measure-backend.ts';
import { openTensorflow } from './open-tensorflow.ts';

test('the backend is chosen once and says what it is', async () => {
  const first = await openTensorflow();
  expect(await openTensorflow()).toBe(first);
  expect(first.description).toMatch(
    first.backend === 'native' ? /native library through/ : /SIMD kernels; the native library is not used: .+\.$/,
  );
});

test('a measurement has a positive rate for each workload and leaves no tensors', async () => {
  const { tf } = await openTensorflow();
  const before = tf.memory().numTensors;
  const { matmulGflops, lstmSequencesPerSecond, logisticRowsPerSecond, neuralCfSamplesPerSecond } = await measureBackend(1);
  expect(matmulGflops).toBeGreaterThan(0.05);
  expect(lstmSequencesPerSecond).toBeGreaterThan(100);
  expect(logisticRowsPerSecond).toBeGreaterThan(1_000);
  expect(neuralCfSamplesPerSecond).toBeGreaterThan(1_000);
  expect(tf.memory().numTensors).toBe(before);
});
