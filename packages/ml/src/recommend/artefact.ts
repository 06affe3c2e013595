import { createHash } from 'node:crypto';

export type ArtefactArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A model as bytes: what it is, its facts, its numbers. */
export interface Artefact {
  kind: string;
  meta: { [key: string]: Json };
  arrays: Record<string, ArtefactArray>;
}

/** The bytes are not an artefact this version can read. */
export class ArtefactError extends Error {}

const FORMAT_VERSION = 2;
const MAGIC = 0x484c4d50; // "PMLH", little endian
/** Format 1 ended without a hash; shops keep such models until they train again. Its other magic means that no single damaged byte turns a hashed file into one. */
const UNHASHED = { version: 1, magic: 0x414c4d50 }; // "PMLA"
const PREAMBLE = 12; // Magic, version, header length.
const HASH_BYTES = 32;
const ALIGNMENT = 8;
const TYPES = { f32: Float32Array, f64: Float64Array, i32: Int32Array, u32: Uint32Array, u8: Uint8Array };
type TypeName = keyof typeof TYPES;
interface Entry {
  name: string;
  type: TypeName;
  length: number;
  offset: number;
}

const align = (offset: number) => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

const isTypeName = (name: unknown): name is TypeName => typeof name === 'string' && Object.hasOwn(TYPES, name);

function typeOf(array: ArtefactArray): TypeName {
  for (const [name, type] of Object.entries(TYPES)) if (array instanceof type && isTypeName(name)) return name;
  throw new ArtefactError('an artefact holds typed arrays only');
}

/**
 * Layout, little endian: magic u32, format version u32, header length u32, header JSON (kind, meta, table of arrays),
 * then the arrays, each on an 8-byte boundary, then the SHA-256 of all that. The same artefact gives the same bytes.
 */
export function encodeArtefact(artefact: Artefact): Uint8Array {
  let offset = 0;
  const entries = Object.entries(artefact.arrays).map(([name, array]): Entry => {
    const entry = { name, type: typeOf(array), length: array.length, offset };
    offset = align(offset + array.byteLength);
    return entry;
  });
  const header = new TextEncoder().encode(JSON.stringify({ kind: artefact.kind, meta: artefact.meta, arrays: entries }));
  const start = align(PREAMBLE + header.length);
  const bytes = new Uint8Array(start + offset + HASH_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, FORMAT_VERSION, true);
  view.setUint32(8, header.length, true);
  bytes.set(header, PREAMBLE);
  for (const entry of entries) {
    const array = artefact.arrays[entry.name];
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + entry.offset);
  }
  const end = start + offset;
  bytes.set(hashOf(bytes.subarray(0, end)), end);
  return bytes;
}

const hashOf = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Reads `encodeArtefact`'s bytes; the bytes are copied once, so the given buffer may be reused. Throws ArtefactError for foreign bytes, another version's, cut-off ones, or one bit that is not as it was written. */
export function decodeArtefact(given: Uint8Array): Artefact {
  const bytes = new Uint8Array(given);
  const view = new DataView(bytes.buffer);
  if (bytes.length < PREAMBLE) throw new ArtefactError('not a model artefact');
  const [magic, version] = [view.getUint32(0, true), view.getUint32(4, true)];
  const isUnhashed = magic === UNHASHED.magic && version === UNHASHED.version;
  if (magic !== MAGIC && !isUnhashed) throw new ArtefactError('not a model artefact');
  if (version !== FORMAT_VERSION && !isUnhashed)
    throw new ArtefactError(`artefact format ${version} is unknown, ${FORMAT_VERSION} is readable`);
  const end = bytes.length - (isUnhashed ? 0 : HASH_BYTES);
  const headerLength = view.getUint32(8, true);
  const start = align(PREAMBLE + headerLength);
  if (start > end) throw new ArtefactError('the artefact is cut off');
  if (!isUnhashed && !hashOf(bytes.subarray(0, end)).every((byte, at) => byte === bytes[end + at]))
    throw new ArtefactError('the artefact is cut off or damaged: its hash does not fit');
  const header = parseHeader(bytes.subarray(PREAMBLE, PREAMBLE + headerLength));
  const arrays: Record<string, ArtefactArray> = {};
  for (const { name, type, length, offset } of header.arrays) {
    const Type = TYPES[type];
    if (start + offset + length * Type.BYTES_PER_ELEMENT > end) throw new ArtefactError(`the artefact is cut off in ${name}`);
    arrays[name] = new Type(bytes.buffer, start + offset, length);
  }
  return { kind: header.kind, meta: header.meta, arrays };
}

function parseHeader(bytes: Uint8Array): { kind: string; meta: { [key: string]: Json }; arrays: Entry[] } {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new ArtefactError('the artefact has a broken header', { cause });
  }
}

/** A named array of the asked type. Throws ArtefactError when it is missing. */
export function arrayOf<T extends ArtefactArray>(artefact: Artefact, name: string, type: { new (length: number): T; name: string }): T {
  const array = artefact.arrays[name];
  if (array instanceof type) return array;
  throw new ArtefactError(`the artefact has no ${name} of type ${type.name}`);
}

/** A named number of the meta. Throws ArtefactError when it is missing. */
export function numberOf(artefact: Artefact, name: string): number {
  const value = artefact.meta[name];
  if (typeof value === 'number') return value;
  throw new ArtefactError(`the artefact's meta has no number ${name}`);
}
