import { graphql } from '@/generated/gql.ts';

graphql(`
  fragment BatchParts on CodeBatch {
    id promotionId variant size useLimit prefix startsAt endsAt createdAt used revocationCount revokedRanges { first last }
  }
`);
export const CodesQuery = graphql(`
  query Codes($id: ID!) {
    campaign(id: $id) { ...CampaignHead codeBatches { ...BatchParts } }
  }
`);
export const CodeLifeQuery = graphql(`
  query CodeLife($text: String!) {
    code(text: $text) {
      code place isUsable reason used useLimit revokedAt
      campaign { id title { ...Words } } user { externalId } batch { ...BatchParts }
      redemptions { id status reservedAt expiresAt committedAt releasedAt amount { ...Sum } refunded { ...Sum } user { externalId } order { externalId } }
    }
  }
`);
export const ExportCodesQuery = graphql(`
  query ExportCodes($batchId: ID!) { exportCodes(batchId: $batchId) { path total } }
`);
export const CreateCodeBatchMutation = graphql(`
  mutation CreateCodeBatch($input: CreateCodeBatchInput!) { createCodeBatch(input: $input) { batch { id } userErrors { ...Problem } } }
`);
export const RevokeCodesMutation = graphql(`
  mutation RevokeCodes($input: RevokeCodesInput!) { revokeCodes(input: $input) { batch { id } userErrors { ...Problem } } }
`);
