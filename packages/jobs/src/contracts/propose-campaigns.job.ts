import { z } from 'zod';
import { defineJob } from '../contract.ts';

export const proposeCampaigns = defineJob({
  name: 'propose-campaigns',
  queue: 'training',
  payload: z.object({ jobRunId: z.uuid() }),
  attempts: 2,
  jobId: ({ jobRunId }) => `propose-campaigns.${jobRunId}`,
});
