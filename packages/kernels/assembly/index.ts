export { gemm } from './gemm';
export { dotProduct, dotRows, dotGatheredRows } from './dots';
export { lstmForwardPass } from './lstm-forward';
export { lstmBackwardPass } from './lstm-backward';

export { heapBase, useWorkspace, workspaceBytes } from './workspace';
export { choleskyFactor, choleskySolve } from './cholesky';
export { gram } from './gram';
export { addHistogram } from './histogram';
export { nearestCentres } from './nearest';
export { indicesAbove, quantisedDots } from './quantised';
export { sparseTimesDense } from './sparse';
export { gruBackwardPass, gruForwardPass } from './gru';
