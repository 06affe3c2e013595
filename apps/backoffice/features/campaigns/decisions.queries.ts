import { graphql } from '@/generated/gql.ts';

graphql(`
  fragment CampaignAnswer on CampaignPayload { campaign { id status version } userErrors { ...Problem } }
`);
export const ApproveMutation = graphql(
  `mutation Approve($input: ApproveCampaignInput!) { approveCampaign(input: $input) { ...CampaignAnswer } }`,
);
export const RejectMutation = graphql(
  `mutation Reject($input: RejectCampaignInput!) { rejectCampaign(input: $input) { ...CampaignAnswer } }`,
);
export const RequestChangesMutation = graphql(
  `mutation RequestChanges($input: RequestChangesInput!) { requestChanges(input: $input) { ...CampaignAnswer } }`,
);
export const RequestReviewMutation = graphql(
  `mutation RequestReview($input: CampaignActionInput!) { requestReview(input: $input) { ...CampaignAnswer } }`,
);
export const ScheduleMutation = graphql(
  `mutation Schedule($input: CampaignActionInput!) { scheduleCampaign(input: $input) { ...CampaignAnswer } }`,
);
export const PauseMutation = graphql(`mutation Pause($input: CampaignActionInput!) { pauseCampaign(input: $input) { ...CampaignAnswer } }`);
export const ResumeMutation = graphql(
  `mutation Resume($input: CampaignActionInput!) { resumeCampaign(input: $input) { ...CampaignAnswer } }`,
);
export const KillMutation = graphql(`mutation Kill($id: ID!) { killCampaign(id: $id) { ...CampaignAnswer } }`);
export const CreateMutation = graphql(
  `mutation Create($input: CreateCampaignInput!) { createCampaign(input: $input) { ...CampaignAnswer } }`,
);
export const ReviseMutation = graphql(
  `mutation Revise($input: ReviseCampaignInput!) { reviseCampaign(input: $input) { ...CampaignAnswer } }`,
);
export const KillAllMutation = graphql(`mutation KillAll { killAllCampaigns { settings { version } userErrors { ...Problem } } }`);
export const ReleaseKillSwitchMutation = graphql(
  `mutation ReleaseKillSwitch { releaseKillSwitch { settings { version } userErrors { ...Problem } } }`,
);
export const ProposeMutation = graphql(
  `mutation Propose($idempotencyKey: String!) { proposeCampaigns(idempotencyKey: $idempotencyKey) { job { id } userErrors { ...Problem } } }`,
);
export const MeasureMutation = graphql(`mutation Measure($id: ID!) { measureCampaign(id: $id) { job { id } userErrors { ...Problem } } }`);
