export const MONEY = /* GraphQL */ `
  fragment MoneyParts on Money { amountMinor currency }
`;

export const TEXT = /* GraphQL */ `
  fragment TextParts on LocalisedText { en zh }
`;

export const USER_ERROR = /* GraphQL */ `
  fragment UserErrorParts on UserError { message field code }
`;

export const PRODUCT = /* GraphQL */ `
  fragment ProductParts on Product { id sku name isActive stock launchedAt attributes price { ...MoneyParts } category { key name } }
`;

const NOTICE = /* GraphQL */ `
  fragment NoticeParts on PriceNotice {
    priorPrice { ...MoneyParts } mayAnnounceReduction announcedReductionBasisPoints reason
    unitPrice { per price { ...MoneyParts } } validFrom validUntil isPersonalised disclosure { en zh }
  }
`;

/** A product as it is shown with its price: on a shelf, on its page, in a row of recommendations. */
export const SHELF_PRODUCT = /* GraphQL */ `
  fragment ShelfProductParts on Product { ...ProductParts priceNotice { ...NoticeParts } }
  ${PRODUCT}${NOTICE}
`;

export const EVALUATION = /* GraphQL */ `
  fragment EvaluationParts on CartEvaluation {
    decisionId isHeldOut evaluatedAt
    lines {
      lineId quantity isGift giftChoices
      product { ...ProductParts }
      unitPrice { ...MoneyParts } original { ...MoneyParts } discount { ...MoneyParts } final { ...MoneyParts }
      discounts { promotionId campaignId amount { ...MoneyParts } }
      priceNotice { ...NoticeParts }
    }
    subtotal { ...MoneyParts } discount { ...MoneyParts } shipping { ...MoneyParts } total { ...MoneyParts }
    applied { promotionId campaignId kind code amount { ...MoneyParts } message { ...TextParts } }
    rejected { promotionId campaignId kind reason code required actual condition { path kind required actual isUnknown isNegated } message { ...TextParts } }
    codes { code status reason promotionId message { ...TextParts } }
    nearMisses { promotionId campaignId missing { ...MoneyParts } missingQuantity progress message { ...TextParts } }
  }
  ${NOTICE}
`;

export const REDEMPTION = /* GraphQL */ `
  fragment RedemptionParts on Redemption { id promotionId status expiresAt code amount { ...MoneyParts } campaign { id title { ...TextParts } } }
`;

export const ORDER = /* GraphQL */ `
  fragment OrderParts on Order {
    id externalId placedAt status
    subtotal { ...MoneyParts } discount { ...MoneyParts } shipping { ...MoneyParts } total { ...MoneyParts }
    lines { lineNumber quantity isGift returnedQuantity unitPrice { ...MoneyParts } discount { ...MoneyParts } product { ...ProductParts } }
    redemptions { ...RedemptionParts }
  }
`;
