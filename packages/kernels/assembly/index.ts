export { gemm } from './gemm';
export { dotProduct, dotRows, dotGatheredRows } from './dots';
export { lstmForwardPass } from './lstm-forward';
export { lstmBackwardPass } from './lstm-backward';

export { heapBase, useWorkspace, workspaceBytes } from './workspace';
