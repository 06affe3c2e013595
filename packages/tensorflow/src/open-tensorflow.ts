import { existsSync } from 'node:fs';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { OnePassAdam } from './adam.ts';
import { type GruOperation, gruFor } from './gru.ts';
import { LINKED_ENTRY } from './link-native.ts';
import { type LstmOperation, lstmFor } from './lstm.ts';
import { PORTABLE_BACKEND, registerPortableBackend } from './portable-backend.ts';
import { registerTensorMethods } from './tensor-methods.ts';

export interface Tensorflow {
  tf: typeof tf;
  layers: typeof layers;
  backend: 'native' | 'portable';
  /** One sentence for people. */
  description: string;
  /** The fused LSTM, on the chosen backend. */
  lstm: LstmOperation;
  /** The fused GRU, on the chosen backend. */
  gru: GruOperation;
  /** Adam with the usual decay rates: in one pass over a variable on the portable backend, else TensorFlow's. */
  adam(learningRate: number): tf.AdamOptimizer;
}

const NATIVE_PACKAGE = '@tensorflow/tfjs-node';
const NATIVE_BACKEND = 'tensorflow';
let opened: Promise<Tensorflow> | undefined;

/** TensorFlow.js on the native library where that is installed and loads, else on typed arrays with our kernels. Chosen once a process. */
export function openTensorflow(): Promise<Tensorflow> {
  return (opened ??= chooseBackend(importInstalledOrLinked));
}

/** The package as npm installed it, or as `promolift tensorflow link` compiled it. */
async function importInstalledOrLinked(): Promise<unknown> {
  return existsSync(LINKED_ENTRY) ? import(LINKED_ENTRY) : import(NATIVE_PACKAGE);
}

/** `importNative` runs the native package, which registers itself with TensorFlow.js, or throws. */
export async function chooseBackend(importNative: () => Promise<unknown>): Promise<Tensorflow> {
  tf.enableProdMode(); // Else the cpu backend prints advice about installing the native one.
  registerTensorMethods();
  const shared = { tf, layers, lstm: lstmFor(tf), gru: gruFor(tf) };
  const failure = await loadNative(importNative);
  if (failure === undefined) {
    const description = `TensorFlow's native library through ${NATIVE_PACKAGE}.`;
    return { ...shared, adam: (rate) => tf.train.adam(rate), backend: 'native', description };
  }
  registerPortableBackend();
  if (!(await tf.setBackend(PORTABLE_BACKEND))) throw new Error('the portable TensorFlow.js backend could not start');
  const description = `TensorFlow.js on typed arrays with WebAssembly SIMD kernels; the native library is not used: ${failure}.`;
  return { ...shared, adam: (rate) => new OnePassAdam(rate), backend: 'portable', description };
}

/** Tries the native library; returns why not, or nothing when it runs. */
async function loadNative(importNative: () => Promise<unknown>): Promise<string | undefined> {
  restoreRemovedUtilities();
  try {
    await importNative();
    if (!tf.findBackendFactory(NATIVE_BACKEND)) return 'it belongs to another copy of TensorFlow.js';
    return (await tf.setBackend(NATIVE_BACKEND)) ? undefined : 'it did not start';
  } catch (cause) {
    const isAbsent = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    return isAbsent ? `${NATIVE_PACKAGE} is not installed` : `${NATIVE_PACKAGE} did not load (${firstLine(cause)})`;
  }
}

/** Node 23 removed two functions that tfjs-node 4.22 still calls. */
function restoreRemovedUtilities(): void {
  const removed = { isNullOrUndefined: (value: unknown) => value === null || value === undefined, isArray: Array.isArray };
  for (const [name, replacement] of Object.entries(removed)) {
    if (!(name in util)) Reflect.set(util, name, replacement);
  }
}

function firstLine(cause: unknown): string {
  return String(cause instanceof Error ? cause.message : cause)
    .split('\n', 1)[0]
    .trim()
    .replace(/\.$/, '');
}
