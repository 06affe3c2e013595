export { dot, gatherDots, holdMatrix, matVec, type HeldMatrix } from './dots.ts';
export { type KernelBuild, kernelBuild } from './instance.ts';
export { lstmBackward, lstmForward, type LstmGradients, type LstmShape, type LstmTape, type LstmWeights } from './lstm.ts';
export { matmul, type MatmulOptions } from './matmul.ts';
export { topK } from './top-k.ts';
