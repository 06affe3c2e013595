import { graphql } from '@/generated/gql.ts';

export const SignInMutation = graphql(`
  mutation SignIn($email: String!, $password: String!) {
    signIn(email: $email, password: $password) { token expiresAt manager { locale } userErrors { ...Problem } }
  }
`);
export const SignOutMutation = graphql(`
  mutation SignOut { signOut { ok userErrors { ...Problem } } }
`);
export const ChangePasswordMutation = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) { changePassword(input: $input) { ok userErrors { ...Problem } } }
`);
export const SettingsQuery = graphql(`
  query Settings {
    settings {
      currency timeZone marginFloorBasisPoints maxDepthBasisPoints holdoutBasisPoints rounding priceLaw announcesNewProducts maxOrderDiscountBasisPoints percentBase promotionGroups { key mode } separateGroups pointsRates { currency pointsPerMinor } returnWindowDays pointsExpireDays minimumSegmentSize maxWindowDays minimumGainProbabilityBasisPoints proposalTtlDays isDemo isEverythingKilled shopNow version
      twoApproverBudget { ...Sum } proposalBudget { ...Sum }
    }
  }
`);
export const PeopleQuery = graphql(`
  query People { managers { id email name role locale isDisabled createdAt } }
`);
export const ApiKeysQuery = graphql(`
  query ApiKeys { apiKeys { id name prefix kind createdAt revokedAt } }
`);
export const UpdateSettingsMutation = graphql(`
  mutation UpdateSettings($input: UpdateSettingsInput!) { updateSettings(input: $input) { settings { version } userErrors { ...Problem } } }
`);
export const CreateApiKeyMutation = graphql(`
  mutation CreateApiKey($name: String!, $kind: ApiKeyKind!) { createApiKey(name: $name, kind: $kind) { token apiKey { id } userErrors { ...Problem } } }
`);
export const RevokeApiKeyMutation = graphql(`
  mutation RevokeApiKey($id: ID!) { revokeApiKey(id: $id) { ok userErrors { ...Problem } } }
`);
export const CreateManagerMutation = graphql(`
  mutation CreateManager($input: CreateManagerInput!) { createManager(input: $input) { manager { id } userErrors { ...Problem } } }
`);
export const UpdateManagerMutation = graphql(`
  mutation UpdateManager($input: UpdateManagerInput!) { updateManager(input: $input) { manager { id } userErrors { ...Problem } } }
`);
export const AuditQuery = graphql(`
  query Audit($first: Int, $after: String, $filter: AuditFilter) {
    auditEntries(first: $first, after: $after, filter: $filter) {
      nodes { seq at actorKind actor { name } action subjectKind subjectId details hash }
      totalCount isChainValid pageInfo { hasNextPage endCursor }
    }
  }
`);
export const AuditSubjectsQuery = graphql(`
  query AuditSubjects { campaigns(first: 100) { nodes { id title { ...Words } } } models { id kind version } jobs { id name } }
`);
export const AdvanceClockMutation = graphql(`
  mutation AdvanceClock($days: Int!) { advanceShopClock(days: $days) { settings { shopNow } userErrors { ...Problem } } }
`);
