import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { unescapeText } from './copy.ts';

/** `key`: text that repeats, such as ids: `codes[row]` points into `values`, in order of first appearance. */
export type ColumnKind = 'int32' | 'float32' | 'float64' | 'text' | 'key';
export type KeyColumn = { codes: Int32Array; values: string[] };
type ColumnOf<Kind extends ColumnKind> = Kind extends 'int32'
  ? Int32Array
  : Kind extends 'float32'
    ? Float32Array
    : Kind extends 'float64'
      ? Float64Array
      : Kind extends 'key'
        ? KeyColumn
        : string[];
export type Columns<Kinds extends readonly ColumnKind[]> = { [Index in keyof Kinds]: ColumnOf<Kinds[Index]> };

type Builder = {
  add: (bytes: Buffer, from: number, to: number) => void;
  finish: () => Int32Array | Float32Array | Float64Array | string[] | KeyColumn;
};

/**
 * A query's columns as typed arrays, all of one length. Null: NaN in floats, code -1 in keys, '' in text; an int32 column
 * refuses it (use coalesce). Made for training data: no object per row.
 */
export async function copyColumns<const Kinds extends readonly ColumnKind[]>(
  client: ClientBase,
  sql: string,
  kinds: Kinds,
): Promise<Columns<Kinds>> {
  const builders = kinds.map((kind) => BUILDERS[kind]());
  const source = client.query(copyTo(`copy (${sql}) to stdout`));
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    rest = bytes.subarray(readLines(bytes, builders));
  }
  // The builders were made from the kinds one by one, which the mapped tuple cannot see.
  return builders.map((builder) => builder.finish()) as Columns<Kinds>;
}

/** Feeds every whole line and returns where the incomplete last one starts. */
function readLines(bytes: Buffer, builders: Builder[]): number {
  const end = bytes.lastIndexOf(10) + 1;
  let fieldStart = 0;
  let field = 0;
  for (let at = 0; at < end; at += 1) {
    const byte = bytes[at];
    if (byte !== 9 && byte !== 10) continue;
    const builder = builders[field];
    if (!builder || (byte === 10 && field !== builders.length - 1))
      throw new RangeError(`the query does not have ${builders.length} columns`);
    builder.add(bytes, fieldStart, at);
    fieldStart = at + 1;
    field = byte === 10 ? 0 : field + 1;
  }
  return end;
}

const isNull = (bytes: Buffer, from: number, to: number): boolean => to - from === 2 && bytes[from] === 92 && bytes[from + 1] === 78;

function numbers<T extends Int32Array | Float32Array | Float64Array>(
  make: (length: number) => T,
  parse: (bytes: Buffer, from: number, to: number) => number,
): Builder {
  let values = make(1024);
  let length = 0;
  return {
    add(bytes, from, to) {
      if (length === values.length) {
        const grown = make(length * 2);
        grown.set(values);
        values = grown;
      }
      values[length] = parse(bytes, from, to);
      length += 1;
    },
    finish: () => values.slice(0, length),
  };
}

function parseInteger(bytes: Buffer, from: number, to: number): number {
  let value = 0;
  const isNegative = bytes[from] === 45;
  for (let at = isNegative ? from + 1 : from; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) throw new TypeError(`not an integer: ${bytes.toString('latin1', from, to)}`);
    value = value * 10 + digit;
  }
  if (value > 2_147_483_647) throw new RangeError(`does not fit int32: ${bytes.toString('latin1', from, to)}`);
  return isNegative ? -value : value;
}

const parseFloating = (bytes: Buffer, from: number, to: number): number =>
  isNull(bytes, from, to) ? Number.NaN : Number(bytes.toString('latin1', from, to));

function texts(): Builder {
  const values: string[] = [];
  return {
    add: (bytes, from, to) => {
      values.push(unescapeText(bytes.toString('utf8', from, to)) ?? '');
    },
    finish: () => values,
  };
}

function keys(): Builder {
  const known = new Map<string, number>();
  const values: string[] = [];
  let codeOf = -1;
  const codes = numbers(
    (length) => new Int32Array(length),
    () => codeOf,
  );
  return {
    add(bytes, from, to) {
      codeOf = -1;
      const value = unescapeText(bytes.toString('utf8', from, to));
      if (value !== null) {
        codeOf = known.get(value) ?? values.push(value) - 1;
        known.set(value, codeOf);
      }
      codes.add(bytes, from, to);
    },
    finish() {
      const finished = codes.finish();
      return { codes: finished instanceof Int32Array ? finished : Int32Array.from([]), values };
    },
  };
}

const BUILDERS: Record<ColumnKind, () => Builder> = {
  int32: () => numbers((length) => new Int32Array(length), parseInteger),
  float32: () => numbers((length) => new Float32Array(length), parseFloating),
  float64: () => numbers((length) => new Float64Array(length), parseFloating),
  text: texts,
  key: keys,
};
