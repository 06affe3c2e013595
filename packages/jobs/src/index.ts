export { defineJob, type JobContract, type JobQueueName } from './contract.ts';
export { advanceCampaigns } from './contracts/advance-campaigns.job.ts';
export { importDataset } from './contracts/import-dataset.job.ts';
export { measureCampaign } from './contracts/measure-campaign.job.ts';
export { proposeCampaigns } from './contracts/propose-campaigns.job.ts';
export { trainModels } from './contracts/train-models.job.ts';
export { contractNamed, jobContracts } from './contracts.ts';
export { type JobHandler, type JobQueue, openJobQueue, QUEUE_NAMES, type QueueConnection, startWorkers, type WorkerPool } from './queue.ts';
