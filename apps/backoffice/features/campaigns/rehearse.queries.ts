import { graphql } from '@/generated/gql.ts';

export const DescribeQuery = graphql(`
  query Describe($input: DescribeCampaignInput!) {
    describeCampaign(input: $input) { sentences { ...Words } guardrails { key value limit passed label { ...Words } } userErrors { ...Problem } }
  }
`);
export const RehearseQuery = graphql(`
  query Rehearse($input: RehearseCampaignInput!) {
    rehearseCampaign(input: $input) {
      rehearsal {
        cartCount cartTotal next touchedCount unknownCount discount { ...Sum } marginBefore { ...Sum } marginAfter { ...Sum }
        limited { reason cartCount } refused { reason cartCount message { ...Words } }
        collisions { outcome cartCount campaign { id title { ...Words } } } examples { at skus subtotal { ...Sum } saving { ...Sum } }
      }
      userErrors { ...Problem }
    }
  }
`);
