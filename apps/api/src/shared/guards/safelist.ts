import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AppError, type Principal } from '@promolift/domain';
import { type DocumentNode, parse, print } from 'graphql';
import { z } from 'zod';

/** Documents that publishable keys may run, by the SHA-256 of their printed form, so that layout does not matter. */
export type Safelist = ReadonlyMap<string, string>;

const Documents = z.array(z.string().min(1)).min(1);
const hashOf = (document: DocumentNode): string => createHash('sha256').update(print(document)).digest('hex');

/** Reads a JSON array of documents, as the SDK's build writes it (`packages/sdk/generated/documents.json`). */
export async function readSafelist(path: string): Promise<Safelist> {
  const documents = Documents.parse(JSON.parse(await readFile(path, 'utf8'))).map((text) => parse(text));
  return new Map(documents.map((document) => [hashOf(document), print(document)]));
}

/** Throws QUERY_REFUSED, without an echo, for what a browser's key sends and nobody persisted. */
export function requireSafelisted(safelist: Safelist | null, principal: Principal, document: DocumentNode): void {
  if (!safelist || principal.kind !== 'key' || principal.keyKind !== 'storefront_publishable') return;
  if (!safelist.has(hashOf(document))) throw new AppError('QUERY_REFUSED', 'This key may run persisted documents only.');
}

const ById = z.looseObject({
  query: z.undefined().optional(),
  extensions: z.object({ persistedQuery: z.object({ sha256Hash: z.string() }) }),
});

/** A body that names a persisted document by its hash gets the text; any other body stays as it is. */
export function withPersistedText(safelist: Safelist | null, body: unknown): unknown {
  const parsed = safelist ? ById.safeParse(body) : null;
  const query = parsed?.success ? safelist?.get(parsed.data.extensions.persistedQuery.sha256Hash) : undefined;
  if (query === undefined || typeof body !== 'object') return body;
  // The rest of `extensions` would make Apollo look for a registry of its own.
  return { ...body, query, extensions: {} };
}
