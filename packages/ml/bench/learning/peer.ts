import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type PeerArrays = Record<string, Float32Array | Float64Array | Int32Array>;

/**
 * Runs a Python script beside this file: arrays go in as raw files of a folder, its last printed line is its JSON answer, and arrays it
 * wrote as `name.f64` come back.
 */
export function runPeer(python: string, script: string, inputs: PeerArrays, task: { outputs: string[] }) {
  const folder = mkdtempSync(join(tmpdir(), 'promolift-peer-'));
  try {
    for (const [name, array] of Object.entries(inputs))
      writeFileSync(join(folder, name), new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    writeFileSync(join(folder, 'task.json'), JSON.stringify(task));
    const printed = execFileSync(python, [join(import.meta.dirname, script), folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const answer: Record<string, number> = JSON.parse(printed.trim().split('\n').at(-1) ?? '{}');
    const output = (name: string) => {
      const bytes = readFileSync(join(folder, `${name}.f64`));
      return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    };
    return { answer, outputs: Object.fromEntries(task.outputs.map((name) => [name, output(name)])) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
