import { graphql } from '@/generated/gql.ts';

graphql(`
  fragment Words on LocalisedText { en zh }
`);
graphql(`
  fragment Sum on Money { amountMinor currency }
`);
graphql(`
  fragment SumEstimate on MoneyEstimate { mean { ...Sum } lower80 { ...Sum } upper80 { ...Sum } }
`);
graphql(`
  fragment Problem on UserError { message field code }
`);
export const MeQuery = graphql(`
  query Me { me { manager { id email name role locale } allowedOperations } }
`);
export const ShellQuery = graphql(`
  query Shell { settings { currency timeZone isDemo isEverythingKilled shopNow } }
`);
