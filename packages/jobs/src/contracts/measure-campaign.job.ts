import { z } from 'zod';
import { defineJob } from '../contract.ts';

export const measureCampaign = defineJob({
  name: 'measure-campaign',
  queue: 'routine',
  payload: z.object({ jobRunId: z.uuid() }),
  attempts: 3,
  jobId: ({ jobRunId }) => `measure-campaign.${jobRunId}`,
});
