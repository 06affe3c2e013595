import { z } from 'zod';
import { defineJob } from '../contract.ts';

export const importDataset = defineJob({
  name: 'import-dataset',
  queue: 'import',
  payload: z.object({ jobRunId: z.uuid() }),
  attempts: 2,
  jobId: ({ jobRunId }) => `import-dataset.${jobRunId}`,
});
