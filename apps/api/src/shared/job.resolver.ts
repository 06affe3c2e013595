import type { JobRun } from '@promolift/db';
import { cancelJob, findJob, listJobs, requestJob, withIdempotency } from '@promolift/services';
import { type JobContract, proposeCampaigns, trainModels } from '@promolift/jobs';
import { Arg, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from './context.ts';
import { requireUuid } from './ids.ts';
import { JobPayloadType, JobType } from './job.type.ts';
import { toUserErrors } from './user-error.type.ts';

const KEY = { description: 'Your own key for this request; sent again, it gives the same job again.' };

@Resolver(() => JobType)
export class JobResolver {
  @Query(() => [JobType], { description: 'Jobs, newest first.' })
  jobs(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many, 1 to 100.' }) first: number | null,
    @Ctx() { deps }: ApiContext,
  ): Promise<JobType[]> {
    return listJobs(deps, first ?? 50);
  }

  @Query(() => JobType, { nullable: true, description: 'One job.' })
  job(@Arg('id', () => ID, { description: 'Id of the job.' }) id: string, @Ctx() { deps }: ApiContext): Promise<JobType | null> {
    return findJob(deps, requireUuid(id));
  }

  @Mutation(() => JobPayloadType, { description: 'Trains every kind of model anew; each becomes champion only through its gate.' })
  trainModels(
    @Arg('idempotencyKey', () => String, KEY) key: string,
    @Arg('acceptData', () => Boolean, {
      defaultValue: false,
      description: "Train although the data differ from the last training's as no season makes them; see trainingData.",
    })
    acceptData: boolean,
    @Ctx() context: ApiContext,
  ): Promise<JobPayloadType> {
    return requestOnce(context, trainModels, key, acceptData ? { acceptData } : {});
  }

  @Mutation(() => JobPayloadType, { description: 'Looks for occasions and proposes campaigns that pass every guardrail.' })
  proposeCampaigns(@Arg('idempotencyKey', () => String, KEY) key: string, @Ctx() context: ApiContext): Promise<JobPayloadType> {
    return requestOnce(context, proposeCampaigns, key);
  }

  @Mutation(() => JobPayloadType, { description: 'Stops a job: a waiting one at once, a running one at its next step.' })
  async cancelJob(
    @Arg('id', () => ID, { description: 'Id of the job.' }) id: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<JobPayloadType> {
    const result = await cancelJob(deps, requireUuid(id));
    return result.ok ? { job: result.value, userErrors: [] } : { job: null, userErrors: toUserErrors(result.refusal) };
  }

  @FieldResolver(() => [String], { description: 'What it said on the way, oldest first.' })
  log(@Root() job: JobRun): string[] {
    return job.log.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Estimated seconds until it ends, while it runs and once 2% are done.' })
  secondsLeft(@Root() job: JobRun): number | null {
    if (job.status !== 'running' || !job.startedAt || job.progress < 0.02) return null;
    const elapsedSeconds = (Date.now() - job.startedAt.getTime()) / 1_000;
    return Math.max(0, (elapsedSeconds / job.progress) * (1 - job.progress));
  }
}

/** Same key, same job. */
async function requestOnce(
  { deps }: ApiContext,
  contract: JobContract,
  key: string,
  input: Record<string, unknown> = {},
): Promise<JobPayloadType> {
  const { jobId } = await withIdempotency(deps, { operation: contract.name, key, body: input }, async (inside) => ({
    jobId: (await requestJob(inside, contract, input)).id,
  }));
  return { job: await findJob(deps, jobId), userErrors: [] };
}
