import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const resolve = createRequire(import.meta.url).resolve;

/** Where a linked native backend stands; not in the repository. */
const LINKED_FOLDER = fileURLToPath(new URL('../native/', import.meta.url));
export const LINKED_ENTRY = join(LINKED_FOLDER, 'node_modules/@tensorflow/tfjs-node/dist/index.js');
const PACKAGES = ['@tensorflow/tfjs-node@4.22.0', 'node-api-headers@1.9.0'];
const OURS = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', '@tensorflow/tfjs-backend-cpu'];
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** Why a library cannot be linked, in one sentence that says what to do. */
export class LinkRefusal extends Error {
  override readonly name = 'LinkRefusal';
}

/** The folder with TensorFlow 2's libraries and headers: `path`, or the package that `python` imports. Throws LinkRefusal. */
export async function findLibrary(path: string | undefined, python = 'python3'): Promise<string> {
  const folder = path ?? (await pythonsTensorflow(python));
  if (!folder)
    throw new LinkRefusal(`${python} imports no tensorflow: name the folder of the library, or install Python's tensorflow-cpu.`);
  const missing = [...LIBRARIES, 'include/tensorflow/c/c_api.h'].find((file) => !existsSync(join(folder, file)));
  if (missing) throw new LinkRefusal(`${folder} has no ${missing}: it is not the folder of a TensorFlow 2 library with its headers.`);
  return folder;
}

async function pythonsTensorflow(python: string): Promise<string | undefined> {
  const code = 'import importlib.util as u; s = u.find_spec("tensorflow"); print(s.submodule_search_locations[0] if s else "")';
  const found = await run(python, ['-c', code]).catch(() => undefined);
  return found?.stdout.trim() || undefined;
}

/**
 * Compiles tfjs-node's own binding against the TensorFlow 2 library in `library` and leaves it where `openTensorflow` looks
 * next. Needs npm's registry, g++ and Linux; takes about a minute. `report` hears what is being done. Throws LinkRefusal.
 */
export async function linkNative(library: string, report: (step: string) => void): Promise<void> {
  if (process.platform !== 'linux') throw new LinkRefusal(`Linking is made for Linux, not ${process.platform}.`);
  await run('g++', ['--version']).catch(() => {
    throw new LinkRefusal('There is no g++: install it (Debian: apt-get install g++).');
  });
  await unlinkNative();
  report('installing @tensorflow/tfjs-node without its download');
  await mkdir(LINKED_FOLDER, { recursive: true });
  await writeFile(join(LINKED_FOLDER, 'package.json'), '{ "private": true }\n');
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--workspaces=false', ...PACKAGES], { cwd: LINKED_FOLDER });
  for (const name of OURS) await shareOurs(name);
  report(`compiling its binding against ${library}`);
  await compile(library);
}

/** Takes a linked native backend away. */
export async function unlinkNative(): Promise<void> {
  await rm(LINKED_FOLDER, { recursive: true, force: true });
}

/** A backend registers itself with the copy of TensorFlow.js it imports: there must be only one. */
async function shareOurs(name: string): Promise<void> {
  const copy = join(LINKED_FOLDER, 'node_modules', name);
  await rm(copy, { recursive: true, force: true });
  await symlink(dirname(resolve(`${name}/package.json`)), copy);
}

async function compile(library: string): Promise<void> {
  const folder = join(LINKED_FOLDER, 'node_modules/@tensorflow/tfjs-node');
  const target = join(folder, 'lib/napi-v8');
  await mkdir(target, { recursive: true });
  const headers = [join(library, 'include'), join(LINKED_FOLDER, 'node_modules/node-api-headers/include'), '..'];
  const sources = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'];
  const libraries = LIBRARIES.map((file) => join(library, file));
  const flags = ['-O2', '-std=c++17', '-fPIC', '-shared', `-Wl,-rpath,${library}`, ...headers.map((path) => `-I${path}`)];
  await run('g++', [...flags, ...sources, ...libraries, '-o', join(target, 'tfjs_binding.node')], { cwd: folder });
}
