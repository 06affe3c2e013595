import { realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { Import, type JobRun } from '@promolift/db';
import { accept, CurrencyCode, newId, type Refusal, refuse, type Result, TimeZone } from '@promolift/domain';
import { importDataset } from '@promolift/jobs';
import { z } from 'zod';
import type { Deps } from './deps.ts';
import { requestJob } from './request-job.ts';

export const IMPORT_FORMATS = ['complete-journey', 'online-retail', 'movielens', 'shopify', 'ga4', 'csv'] as const;

export const ImportRequest = z.object({
  format: z.enum(IMPORT_FORMATS),
  uploadId: z.uuid().nullish(),
  path: z.string().min(1).max(1_000).nullish(),
  /** What the manager called the file: shown, never opened. */
  fileName: z.string().max(1_000).nullish(),
  currency: CurrencyCode.nullish(),
  timeZone: TimeZone.nullish(),
  assumedMarginBasisPoints: z.int().min(1).max(9_999).nullish(),
  /** States for users whose data says nothing that they agreed to being learned from; kept as `consent_source: assumed`. */
  assumeConsent: z.boolean().nullish(),
  mapping: z.record(z.string(), z.unknown()).nullish(),
});

export type ImportRequest = z.infer<typeof ImportRequest>;

/** Where `POST /uploads` puts a file. */
export const uploadPath = (homeDirectory: string, uploadId: string): string => join(homeDirectory, 'uploads', uploadId);

export function parseImportRequest<Schema extends z.ZodType>(schema: Schema, input: unknown): Result<z.infer<Schema>> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return accept(parsed.data);
  const issue = parsed.error.issues[0];
  return refuse({ kind: 'bad-user-input', message: `${issue?.path.join('.')}: ${issue?.message}`, field: issue?.path.map(String) ?? [] });
}

/** Keeps an import with its options (`options.path` is the file or folder to read) and requests its job. */
export async function requestImport(deps: Deps, input: unknown): Promise<Result<{ import: Import; job: JobRun }>> {
  const parsed = parseImportRequest(ImportRequest, input);
  if (!parsed.ok) return parsed;
  const { format, uploadId, path, fileName, ...options } = parsed.value;
  const source = await readableSource(deps, uploadId, path);
  if (!source.ok) return source;
  return deps.em.transactional(async (em) => {
    const id = newId();
    const job = await requestJob({ ...deps, em }, importDataset, { importId: id });
    const kept = em.create(Import, {
      id,
      jobRunId: job.id,
      format,
      sourceName: shownName(fileName) || basename(source.value),
      options: { ...options, path: source.value },
      createdAt: new Date(),
    });
    await em.flush();
    return accept({ import: kept, job });
  });
}

/** The last part of a path, without signs that nobody sees or that turn the reading direction. */
const shownName = (name: string | null | undefined): string =>
  (name ?? '')
    .replace(/^.*[\\/]/s, '')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 120);

/** Over the network only files under this installation's own folder can be read; the command line may name any path. */
export async function readableSource(
  { actor, homeDirectory }: Deps,
  uploadId: string | null | undefined,
  path: string | null | undefined,
): Promise<Result<string, Refusal>> {
  if ((uploadId ? 1 : 0) + (path ? 1 : 0) !== 1)
    return refuse({ kind: 'bad-user-input', message: 'Give either uploadId or path.', field: ['uploadId'] });
  const wanted = uploadId ? uploadPath(homeDirectory, uploadId) : (path ?? '');
  const field = [uploadId ? 'uploadId' : 'path'];
  try {
    const [real, home] = await Promise.all([realpath(wanted), realpath(homeDirectory)]);
    if (actor.kind === 'system' || real.startsWith(home + sep)) return accept(real);
  } catch {
    return refuse({ kind: 'source-missing', message: 'There is no such file.', field });
  }
  return refuse({ kind: 'source-missing', message: 'There is no such file.', field });
}

/** Newest first. */
export const listImports = ({ em }: Deps, limit: number): Promise<Import[]> =>
  em.find(Import, {}, { orderBy: { createdAt: 'desc', id: 'desc' }, limit });

export const findImport = ({ em }: Deps, id: string): Promise<Import | null> => em.findOne(Import, { id });
