import { EVALUATION, MONEY, PRODUCT, REDEMPTION, SHELF_PRODUCT, TEXT, USER_ERROR } from './fragments.ts';

export const RECOMMENDATIONS = /* GraphQL */ `
  query Recommendations($userId: String, $anonymousId: String, $context: RecommendationContextInput, $first: Int, $filters: RecommendationFilterInput, $locale: String) {
    recommendations(userId: $userId, anonymousId: $anonymousId, context: $context, first: $first, filters: $filters) {
      servedBy fallbackReason modelVersion generatedAt trackingToken
      items { rank score product { ...ShelfProductParts } reasons { code contribution text(locale: $locale) product { sku name } } }
    }
  }
  ${SHELF_PRODUCT}${MONEY}
`;

export const OFFERS = /* GraphQL */ `
  query Offers($userId: String, $anonymousId: String, $cart: CartInput) {
    offers(userId: $userId, anonymousId: $anonymousId, cart: $cart) {
      isHeldOut decisionId trackingToken
      offers { campaignId promotionId kind code startsAt endsAt isPersonalised disclosure { ...TextParts } trackingToken title { ...TextParts } sentence { ...TextParts } products { ...ProductParts } }
    }
  }
  ${PRODUCT}${MONEY}${TEXT}
`;

export const EVALUATE_CART = /* GraphQL */ `
  query EvaluateCart($cart: CartInput!) {
    evaluateCart(cart: $cart) { evaluation { ...EvaluationParts } userErrors { ...UserErrorParts } }
  }
  ${EVALUATION}${PRODUCT}${MONEY}${TEXT}${USER_ERROR}
`;

export const RESERVE_OFFER = /* GraphQL */ `
  mutation ReserveOffer($input: ReserveOfferInput!) { reserveOffer(input: $input) { redemption { ...RedemptionParts } userErrors { ...UserErrorParts } } }
  ${REDEMPTION}${MONEY}${TEXT}${USER_ERROR}
`;

export const REDEEM = /* GraphQL */ `
  mutation Redeem($input: RedeemInput!) { redeem(input: $input) { redemption { ...RedemptionParts } userErrors { ...UserErrorParts } } }
  ${REDEMPTION}${MONEY}${TEXT}${USER_ERROR}
`;

export const RELEASE_REDEMPTION = /* GraphQL */ `
  mutation ReleaseRedemption($input: ReleaseRedemptionInput!) { releaseRedemption(input: $input) { redemption { ...RedemptionParts } userErrors { ...UserErrorParts } } }
  ${REDEMPTION}${MONEY}${TEXT}${USER_ERROR}
`;
