import { createHash } from 'node:crypto';
import { canonicalJson } from '@promolift/domain';

/** SHA-256 as `canonicalHash` gives it, by the machine's own code: the input of a decision is long and every request has one. */
export const inputHash = (input: object): string => createHash('sha256').update(canonicalJson(input)).digest('hex');
