import { basename } from 'node:path';
import { DatasetError } from '../shared/dataset-error.ts';
import { readText } from '../shared/open-file.ts';
import { MAX_LINE_CHARACTERS } from './rules.ts';

/** Lines of a text file, some at a time; `null` stands for a line that is too long, so that memory stays bounded. */
export async function* readLines(path: string): AsyncGenerator<(string | null)[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let isTooLong = false;
  let row = 1;
  for await (const chunk of readText(path)) {
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new DatasetError('WRONG_ENCODING', 'holds bytes that are not UTF-8 after this row', { file: basename(path), row, cause });
    }
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    const lines: (string | null)[] = parts;
    if (isTooLong && lines.length > 0) {
      lines[0] = null;
      isTooLong = false;
    }
    if (rest.length > MAX_LINE_CHARACTERS) {
      rest = '';
      isTooLong = true;
    }
    row += lines.length;
    yield lines;
  }
  if (isTooLong) yield [null];
  else if (rest !== '') yield [rest];
}
