import { graphql } from '@/generated/gql.ts';

export const UsersQuery = graphql(`
  query Users($first: Int, $after: String, $filter: UserFilter, $sort: UserSort) {
    users(first: $first, after: $after, filter: $filter, sort: $sort) {
      nodes { id externalId hasConsent erasedAt createdAt segments { key name { ...Words } } profile { recencyDays frequency churnRisk monetary { ...Sum } } }
      totalCount pageInfo { hasNextPage endCursor }
    }
    segments { key name { ...Words } }
  }
`);
export const UserQuery = graphql(`
  query User($externalId: String!) {
    user(externalId: $externalId) {
      id externalId pseudonym hasConsent createdAt erasedAt segments { key name { ...Words } }
      profile { asOf recencyDays frequency churnRisk monetary { ...Sum } interestTags { categoryKey categoryName strength } propensities { categoryKey categoryName probability } }
      orders(first: 20) { id externalId placedAt status total { ...Sum } discount { ...Sum } lines { lineNumber quantity product { id name } } }
      events(first: 50) { id type occurredAt quantity rating query product { id name } value { ...Sum } }
      decisions(first: 20) { id decidedAt kind policy probability }
      accounts { id kind currency balance pending codeEnding expiresAt entries(first: 20) { id kind available pending orderExternalId at } }
    }
  }
`);
export const ExportUserQuery = graphql(`
  query ExportUser($externalId: String!) { exportUser(externalId: $externalId) }
`);
export const EraseUserMutation = graphql(`
  mutation EraseUser($externalId: String!) { eraseUser(externalId: $externalId) { erasedCount userErrors { ...Problem } } }
`);
export const DecisionQuery = graphql(`
  query Decision($id: ID!) {
    explainDecision(id: $id) {
      id decidedAt kind policy probability input result rulesetHash inputHash modelVersions isReplayIdentical
      user { externalId } steps { label { ...Words } passed detail }
    }
  }
`);
