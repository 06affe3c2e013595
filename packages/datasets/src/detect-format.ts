import { basename } from 'node:path';
import { FORMAT_NAMES, FORMATS, type FormatName } from './formats.ts';
import { dataFilesOf } from './read-dataset.ts';
import { readText } from './shared/open-file.ts';

const HEAD_BYTES = 65_536;

/**
 * The format of a folder or of some files by their headers, `csv` for a table that no format knows (it needs a
 * mapping), `null` when nothing is a table. Throws `DatasetError` for a file that cannot be read.
 */
export async function detectFormat(folderOrFiles: string | readonly string[]): Promise<FormatName | null> {
  const paths = typeof folderOrFiles === 'string' ? await dataFilesOf(folderOrFiles) : folderOrFiles;
  const headers = new Map<string, readonly string[]>();
  for (const path of paths) headers.set(basename(path).replace(/\.gz$/i, '').toLowerCase(), headerOf(await firstLine(path)));
  const found = FORMAT_NAMES.find((name) => FORMATS[name].detect(headers));
  return found ?? ([...headers.values()].some((header) => header.length > 1) ? 'csv' : null);
}

/** Cells of a header line as far as detection needs them: quotes around cells dropped, a JSON object's keys as cells. */
function headerOf(line: string): string[] {
  if (line.startsWith('{')) return [...line.matchAll(/"(event_name|event_timestamp|user_pseudo_id)"\s*:/g)].map((match) => match[1] ?? '');
  const delimiter = [',', ';', '\t', '|'].reduce((best, next) => (line.split(next).length > line.split(best).length ? next : best));
  return line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

async function firstLine(path: string): Promise<string> {
  let text = '';
  for await (const chunk of readText(path)) {
    text += chunk.toString('utf8');
    if (text.includes('\n') || text.length > HEAD_BYTES) break;
  }
  return (text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '').slice(0, HEAD_BYTES);
}
