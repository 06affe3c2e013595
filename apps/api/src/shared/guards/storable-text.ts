import { AppError } from '@promolift/domain';
import { type DocumentNode, visit } from 'graphql';

/** `JSON.stringify` writes both as escapes, after an even number of backslashes: NUL and halves of surrogate pairs. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** Throws BAD_USER_INPUT for a text that PostgreSQL can keep neither as text nor in JSON; no field has a use for one. */
export function requireStorableText(document: DocumentNode, variables: unknown): void {
  const literals: string[] = [];
  visit(document, { StringValue: ({ value }) => void literals.push(value) });
  if (UNSTORABLE.test(JSON.stringify([variables ?? null, literals])))
    throw new AppError('BAD_USER_INPUT', 'A text holds a NUL character or half of a surrogate pair.');
}
