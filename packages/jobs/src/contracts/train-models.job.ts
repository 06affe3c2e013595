import { z } from 'zod';
import { defineJob } from '../contract.ts';

export const trainModels = defineJob({
  name: 'train-models',
  queue: 'training',
  payload: z.object({ jobRunId: z.uuid() }),
  attempts: 2,
  jobId: ({ jobRunId }) => `train-models.${jobRunId}`,
});
