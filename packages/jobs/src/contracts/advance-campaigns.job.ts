import { z } from 'zod';
import { defineJob } from '../contract.ts';

/** Routine tick: scheduled campaigns go live, ended ones end, reservations past their time are released, results are measured. */
export const advanceCampaigns = defineJob({
  name: 'advance-campaigns',
  queue: 'routine',
  payload: z.object({ tick: z.string() }),
  attempts: 1,
  jobId: ({ tick }) => `advance-campaigns.${tick}`,
});
