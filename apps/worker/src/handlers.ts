import { advanceCampaigns, importDataset, type JobContract, measureCampaign, proposeCampaigns, trainModels } from '@promolift/jobs';
import {
  advanceCampaigns as advanceCampaignsService,
  type Deps,
  importDataset as importDatasetService,
  measureCampaign as measureCampaignService,
  proposeCampaigns as proposeCampaignsService,
  runJob,
  trainModels as trainModelsService,
} from '@promolift/services';
import type { z } from 'zod';

/** `isIsolated` work runs in a child process of its own: numbers must not stop lock renewal, and a crash stays there. */
export type Handler = {
  contract: JobContract;
  isIsolated: boolean;
  handle: (deps: Deps, payload: unknown, isLastAttempt: boolean) => Promise<void>;
};

const consume = <Payload extends z.ZodType>(
  contract: JobContract<Payload>,
  isIsolated: boolean,
  handle: (deps: Deps, payload: z.infer<Payload>, isLastAttempt: boolean) => Promise<void>,
): Handler => ({
  contract,
  isIsolated,
  handle: (deps, payload, isLastAttempt) => handle(deps, contract.payload.parse(payload), isLastAttempt),
});

/** One handler a contract; each is one service call. */
export const handlers: readonly Handler[] = [
  consume(importDataset, true, (deps, { jobRunId }, isLast) => runJob(deps, jobRunId, isLast, (run) => importDatasetService(deps, run))),
  consume(trainModels, true, (deps, { jobRunId }, isLast) => runJob(deps, jobRunId, isLast, (run) => trainModelsService(deps, run))),
  consume(proposeCampaigns, true, (deps, { jobRunId }, isLast) =>
    runJob(deps, jobRunId, isLast, (run) => proposeCampaignsService(deps, run)),
  ),
  consume(measureCampaign, false, (deps, { jobRunId }, isLast) =>
    runJob(deps, jobRunId, isLast, (run) => measureCampaignService(deps, run)),
  ),
  consume(advanceCampaigns, false, async (deps) => {
    await advanceCampaignsService(deps);
  }),
];

/** Throws when nobody handles the contract: a job must never vanish quietly. */
export function handlerOf(contractName: string): Handler {
  const handler = handlers.find(({ contract }) => contract.name === contractName);
  if (!handler) throw new Error(`Nobody handles the job "${contractName}".`);
  return handler;
}
