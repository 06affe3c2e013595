import { graphql } from '@/generated/gql.ts';

graphql(`
  fragment CampaignHead on Campaign {
    id name status origin occasion version liveVersion revision lockVersion contentHash isKilled createdAt allowedActions approvalsNeeded holdoutBasisPoints
    title { ...Words } author { name } schedule { startsAt endsAt timeZone }
    audience { isEverybody size heldOutSize segments { key name { ...Words } } }
    budget { budget { ...Sum } reserved { ...Sum } spent { ...Sum } maxRedemptions maxPerUser redemptionCount }
    guardrails { key value limit passed label { ...Words } }
    promotions { id kind rule condition needsCode productCount sentence { ...Words } }
  }
`);
export const InboxQuery = graphql(`
  query Inbox {
    inbox {
      proposals {
        ...CampaignHead
        evidence { incrementalMargin { ...SumEstimate } discountCost { ...SumEstimate } probabilityOfLoss reasons { text { ...Words } } series { day without withOffer } }
      }
      trackRecord { campaignCount promised { ...Sum } measured { ...Sum } }
      lastRun { at ideaCount proposedCount sentence { ...Words } dropped { label count reason { ...Words } } }
    }
    overview { orderCount userCount productCount liveCampaignCount eventCount revenue28Days { ...Sum } }
  }
`);
export const CampaignsQuery = graphql(`
  query Campaigns($first: Int, $after: String, $filter: CampaignFilter, $sort: CampaignSort) {
    campaigns(first: $first, after: $after, filter: $filter, sort: $sort) {
      nodes { ...CampaignHead evidence { incrementalMargin { ...SumEstimate } } measurement { verdict incrementalMargin { total { mean lower95 upper95 } } } }
      totalCount pageInfo { hasNextPage endCursor }
    }
    settings { isEverythingKilled shopNow }
  }
`);
export const CampaignQuery = graphql(`
  query Campaign($id: ID!) {
    campaign(id: $id) {
      ...CampaignHead priority isExclusive
      audience { segments { id size valueShare portrait { averageRevenue { ...Sum } sentence { ...Words } } exampleUsers(first: 3) { id externalId } } }
      promotions { products(first: 8) { stock product { id name sku cost { ...Sum } } price { ...Sum } promotionPrice { ...Sum } floor { ...Sum } } }
      evidence {
        id createdAt hash probabilityOfLoss dataFrom dataTo
        incrementalMargin { ...SumEstimate } incrementalRevenue { ...SumEstimate } discountCost { ...SumEstimate } cannibalisedMargin { ...SumEstimate }
        incrementalUnits { mean lower80 upper80 sampleSize }
        series { day without withOffer without80 withOffer80 }
        assumptions { text { ...Words } } reasons { text { ...Words } }
        backtest { orderCount touchedCount window discount { ...Sum } margin { ...Sum } }
        models { kind version algorithm metric value baseline }
        depthCurve { depthBasisPoints incrementalMargin { ...SumEstimate } discountCost { ...Sum } }
        similarCampaigns { promised { ...Sum } measured { ...Sum } campaign { id title { ...Words } schedule { startsAt endsAt } } }
      }
      approvals { id version contentHash decision reason at isValid manager { name } }
      versions { version contentHash createdAt content createdBy { name } }
      auditEntries(first: 30) { seq at actorKind action hash actor { name } }
      codes(first: 20) { code used useLimit isRevoked }
      measurement { isFinal verdict }
    }
  }
`);
export const SimulateQuery = graphql(`
  query Simulate($input: SimulateProposalInput!) {
    simulateProposal(input: $input) {
      reach incrementalMargin { ...SumEstimate } discountCost { ...SumEstimate } incrementalUnits { mean lower80 upper80 }
      guardrails { key value limit passed label { ...Words } } userErrors { ...Problem }
    }
  }
`);
export const ResultQuery = graphql(`
  query Result($id: ID!) {
    campaign(id: $id) {
      ...CampaignHead
      evidence { incrementalMargin { ...SumEstimate } }
      measurement {
        id computedAt isFinal verdict sampleRatioPValue isSampleRatioOk isHoldoutKept heldOutRedeemedCount heldOutExposedCount offeredCount heldOutCount isPromiseKept sentence { ...Words }
        incrementalUnits { ...EffectParts } incrementalRevenue { ...EffectParts } incrementalMargin { ...EffectParts }
        influencedRevenue { ...Sum } discountCost { ...Sum } promisedMargin { ...SumEstimate }
        groups { group userCount meanMarginMinor lower95 upper95 } cumulative { day marginMinor lower95 upper95 }
      }
    }
  }
`);
graphql(`
  fragment EffectParts on Effect { unit perThousandUsers { mean lower95 upper95 } total { mean lower95 upper95 } }
`);
export const RedemptionsQuery = graphql(`
  query Redemptions($id: ID!) {
    campaign(id: $id) {
      ...CampaignHead
      redemptions(first: 50) { id status code reservedAt committedAt releasedAt amount { ...Sum } refunded { ...Sum } user { externalId } order { externalId } }
      ledger(first: 100) { id kind uses at redemptionId amount { ...Sum } }
      codes(first: 20) { code used useLimit isRevoked }
    }
  }
`);
export const CampaignFormQuery = graphql(`
  query CampaignForm {
    promotionKinds { kind arguments label { ...Words } } conditionKinds { kind arguments label { ...Words } } sharedBudgets { key name } segments { key size name { ...Words } } categories { key name }
    products(first: 100) { nodes { sku name } }
    settings { currency timeZone holdoutBasisPoints shopNow promotionGroups { key mode } }
  }
`);
export const CampaignContentQuery = graphql(`
  query CampaignContent($id: ID!) { 
    campaign(id: $id) {
      ...CampaignHead priority isExclusive group maxPerLine { ...Sum } maxPerCart { ...Sum }
      budget { sharedBudgetKey onBudgetShort limits { per period maxUses maxMinor } }
    }
  }
`);
export const VersionsQuery = graphql(`
  query Versions($id: ID!) {
    campaign(id: $id) {
      ...CampaignHead
      versions { version createdAt content createdBy { name } promotions { needsCode sentence { ...Words } } }
    }
    segments { key name { ...Words } }
  }
`);
