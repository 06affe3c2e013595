import { EventResolver, UserEventsResolver } from './activity/event.resolver.ts';
import { OrderLineResolver, OrderResolver, UserOrdersResolver } from './activity/order.resolver.ts';
import { CampaignMutations } from './campaigns/campaign.mutations.ts';
import {
  AudienceResolver,
  LedgerEntryResolver,
  PromotedProductResolver,
  PromotionResolver,
  RedemptionCampaignResolver,
  SimilarCampaignResolver,
  VersionPromotionsResolver,
} from './campaigns/campaign-parts.resolver.ts';
import { CampaignResolver } from './campaigns/campaign.resolver.ts';
import { CampaignCodeBatchesResolver, CodeCampaignResolver } from './campaigns/code-batches.resolver.ts';
import { InboxResolver } from './campaigns/inbox.resolver.ts';
import { LimitResolver } from './campaigns/limit.resolver.ts';
import { RehearsalResolver } from './campaigns/rehearsal.resolver.ts';
import { SimulateResolver } from './campaigns/simulate.resolver.ts';
import { ForecastResolver, ProductForecastResolver } from './forecasts/forecast.resolver.ts';
import { ForecastModelResolver, SegmentModelResolver } from './models/made-by-model.resolver.ts';
import { ModelResolver } from './models/model.resolver.ts';
import { CategoryResolver, ProductResolver } from './products/product.resolver.ts';
import { AccountResolver, UserAccountsResolver } from './promotions/account.resolver.ts';
import { CodeResolver } from './promotions/code.resolver.ts';
import { CartResolver, EvaluatedLineResolver } from './promotions/cart.resolver.ts';
import { DecisionResolver, UserDecisionsResolver } from './promotions/decision.resolver.ts';
import { OfferResolver } from './promotions/offer.resolver.ts';
import { OrderMutations } from './promotions/order.resolver.ts';
import { LineNoticeResolver, ProductNoticeResolver } from './promotions/price-notice.resolver.ts';
import { OrderRedemptionsResolver, RedemptionResolver } from './promotions/redemption.resolver.ts';
import {
  RecommendationReasonResolver,
  RecommendationResolver,
  RecommendedItemResolver,
} from './recommendations/recommendation.resolver.ts';
import { SegmentResolver, UserSegmentsResolver } from './segments/segment.resolver.ts';
import { ImportResolver } from './shared/import.resolver.ts';
import { JobResolver } from './shared/job.resolver.ts';
import { NodeResolver } from './shared/node.resolver.ts';
import { OverviewResolver } from './shared/overview.resolver.ts';
import { SettingsResolver } from './shared/settings.resolver.ts';
import { ApiKeyResolver } from './staff/api-key.resolver.ts';
import { AuditEntryResolver, AuditEntryConnectionResolver } from './staff/audit-entry.resolver.ts';
import { ApprovalManagerResolver, CampaignPeopleResolver, VersionAuthorResolver } from './staff/campaign-people.resolver.ts';
import { ManagerResolver } from './staff/manager.resolver.ts';
import { RequestedByResolver } from './staff/requested-by.resolver.ts';
import { SessionResolver } from './staff/session.resolver.ts';
import { UserResolver } from './users/user.resolver.ts';

/** Every resolver class of the API, by slice; `buildApiSchema` reads only this list. */
export const resolvers = {
  shared: [NodeResolver, JobResolver, ImportResolver, SettingsResolver, OverviewResolver],
  products: [ProductResolver, CategoryResolver],
  users: [UserResolver],
  activity: [OrderResolver, OrderLineResolver, UserOrdersResolver, EventResolver, UserEventsResolver],
  segments: [SegmentResolver, UserSegmentsResolver],
  forecasts: [ForecastResolver, ProductForecastResolver],
  recommendations: [RecommendationResolver, RecommendedItemResolver, RecommendationReasonResolver],
  promotions: [
    CartResolver,
    EvaluatedLineResolver,
    OfferResolver,
    OrderMutations,
    RedemptionResolver,
    OrderRedemptionsResolver,
    DecisionResolver,
    UserDecisionsResolver,
    ProductNoticeResolver,
    LineNoticeResolver,
    CodeResolver,
    AccountResolver,
    UserAccountsResolver,
  ],
  campaigns: [
    CampaignResolver,
    CampaignMutations,
    LimitResolver,
    PromotionResolver,
    PromotedProductResolver,
    AudienceResolver,
    LedgerEntryResolver,
    RedemptionCampaignResolver,
    SimilarCampaignResolver,
    VersionPromotionsResolver,
    InboxResolver,
    RehearsalResolver,
    SimulateResolver,
    CampaignCodeBatchesResolver,
    CodeCampaignResolver,
  ],
  models: [ModelResolver, SegmentModelResolver, ForecastModelResolver],
  staff: [
    ManagerResolver,
    SessionResolver,
    ApiKeyResolver,
    AuditEntryResolver,
    AuditEntryConnectionResolver,
    RequestedByResolver,
    CampaignPeopleResolver,
    ApprovalManagerResolver,
    VersionAuthorResolver,
  ],
};
