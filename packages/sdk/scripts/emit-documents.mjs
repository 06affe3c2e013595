// Writes every document the SDK sends to generated/documents.json, for the API's SAFELIST_FILE.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { parse } from 'graphql';

const folder = new URL('../src/documents/', import.meta.url);
const target = new URL('../generated/documents.json', import.meta.url);

const documents = [];
for (const name of (await readdir(folder)).sort()) {
  for (const text of Object.values(await import(new URL(name, folder).href))) {
    const isOperation = parse(text).definitions.some(({ kind }) => kind === 'OperationDefinition');
    if (isOperation) documents.push(text.trim().replace(/\n {2}/g, '\n'));
  }
}
await mkdir(new URL('.', target), { recursive: true });
await writeFile(target, `${JSON.stringify(documents, null, 2)}\n`);
