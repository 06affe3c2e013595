import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = fileURLToPath(new URL('../../../../', import.meta.url));

/** Folder of this installation: secrets, embedded database, logs, uploads, state of the simulated shop. */
export const homeDirectory = (): string => resolve(process.env.PROMOLIFT_HOME || join(repositoryRoot, '.promolift'));
