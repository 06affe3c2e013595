export { OnePassAdam } from './adam.ts';
export { type GruOperation, type GruTensors, gruFor } from './gru.ts';
export { findLibrary, LinkRefusal, linkNative, unlinkNative } from './link-native.ts';
export { type LstmOperation, type LstmTensors, lstmFor } from './lstm.ts';
export { type BackendMeasurement, measureBackend } from './measure-backend.ts';
export { openTensorflow, type Tensorflow } from './open-tensorflow.ts';
export { PORTABLE_BACKEND, registerPortableBackend } from './portable-backend.ts';
export { lstmWorkload, neuralCfWorkload, type Trainer, type Workload } from './workloads.ts';
