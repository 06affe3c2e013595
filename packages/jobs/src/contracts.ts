import type { JobContract } from './contract.ts';
import { advanceCampaigns } from './contracts/advance-campaigns.job.ts';
import { importDataset } from './contracts/import-dataset.job.ts';
import { measureCampaign } from './contracts/measure-campaign.job.ts';
import { proposeCampaigns } from './contracts/propose-campaigns.job.ts';
import { trainModels } from './contracts/train-models.job.ts';

/** Every job there is; a test in the worker asserts one handler each. */
export const jobContracts: readonly JobContract[] = [importDataset, trainModels, proposeCampaigns, measureCampaign, advanceCampaigns];

/** Throws when no contract has that name: an old job whose meaning is gone must not run as something else. */
export function contractNamed(name: string): JobContract {
  const contract = jobContracts.find((candidate) => candidate.name === name);
  if (!contract) throw new Error(`There is no job contract named "${name}".`);
  return contract;
}
