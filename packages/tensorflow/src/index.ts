export { type LstmOperation, type LstmTensors, lstmFor } from './lstm.ts';
export { type BackendMeasurement, measureBackend } from './measure-backend.ts';
export { openTensorflow, type Tensorflow } from './open-tensorflow.ts';
