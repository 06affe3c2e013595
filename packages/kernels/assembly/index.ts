export { gemm } from './gemm';
export { dotProduct, dotRows, dotGatheredRows } from './dots';
export { lstmForwardPass } from './lstm-forward';
export { lstmBackwardPass } from './lstm-backward';

/** Where free memory begins. */
export function heapBase(): usize {
  return __heap_base;
}
