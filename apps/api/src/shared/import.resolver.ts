import type { Import } from '@promolift/db';
import { accept } from '@promolift/domain';
import { findImport, findJob, listImports, previewImport, requestImport, withIdempotency } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from './context.ts';
import { ImportDataInput, ImportPayloadType, ImportType } from './import.type.ts';
import { ImportPreviewPayloadType, PreviewImportInput } from './import-preview.type.ts';
import { JobType } from './job.type.ts';
import { toUserErrors } from './user-error.type.ts';

@Resolver(() => ImportType)
export class ImportResolver {
  @Query(() => [ImportType], { description: 'Imports, newest first.' })
  imports(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many, 1 to 100.' }) first: number | null,
    @Ctx() { deps }: ApiContext,
  ): Promise<ImportType[]> {
    return listImports(deps, first ?? 50);
  }

  @Query(() => ImportPreviewPayloadType, {
    description: 'Detects the format, proposes what the columns mean and reads the first 1,000 rows. Nothing is written.',
  })
  async previewImport(
    @Arg('input', () => PreviewImportInput, { description: 'What to look at.' }) input: PreviewImportInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<ImportPreviewPayloadType> {
    const result = await previewImport(deps, input);
    return result.ok ? { preview: result.value, userErrors: [] } : { preview: null, userErrors: toUserErrors(result.refusal) };
  }

  @Mutation(() => ImportPayloadType, { description: 'Reads a data set in the background. The same file twice changes nothing.' })
  async importData(
    @Arg('input', () => ImportDataInput, { description: 'What to import.' }) input: ImportDataInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<ImportPayloadType> {
    const { idempotencyKey, ...request } = input;
    const result = await withIdempotency(
      deps,
      { operation: 'importData', key: idempotencyKey, body: request },
      async (inside) => {
        const made = await requestImport(inside, request);
        return made.ok ? accept({ importId: made.value.import.id, jobId: made.value.job.id }) : made;
      },
      ({ ok }) => ok,
    );
    if (!result.ok) return { import: null, job: null, userErrors: toUserErrors(result.refusal) };
    const { importId, jobId } = result.value;
    return { import: await findImport(deps, importId), job: await findJob(deps, jobId), userErrors: [] };
  }

  @FieldResolver(() => JobType, { nullable: true, description: 'The job that reads it.' })
  job(@Root() { jobRunId }: Import, @Ctx() { loaders }: ApiContext): Promise<JobType | null> | null {
    return jobRunId ? loaders.job.load(jobRunId) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Path on this server of the rejected rows as CSV; managers only.' })
  rejectsUrl(@Root() { id, rejectsPath }: Import): string | null {
    return rejectsPath ? `/imports/${id}/rejects.csv` : null;
  }
}
