import { EVALUATION, MONEY, ORDER, PRODUCT, REDEMPTION, TEXT, USER_ERROR } from './fragments.ts';

export const ORDER_BY_KEY = /* GraphQL */ `
  query OrderByKey($externalId: String!) { order(externalId: $externalId) { ...OrderParts } }
  ${ORDER}${REDEMPTION}${PRODUCT}${MONEY}${TEXT}
`;

export const TRACK_EVENTS = /* GraphQL */ `
  mutation TrackEvents($events: [EventInput!]!) {
    trackEvents(events: $events) { acceptedCount duplicateCount rejected { index eventId code message } userErrors { ...UserErrorParts } }
  }
  ${USER_ERROR}
`;

export const PLACE_ORDER = /* GraphQL */ `
  mutation PlaceOrder($input: PlaceOrderInput!) {
    placeOrder(input: $input) { order { ...OrderParts } evaluation { ...EvaluationParts } redemptions { ...RedemptionParts } userErrors { ...UserErrorParts } }
  }
  ${ORDER}${EVALUATION}${REDEMPTION}${PRODUCT}${MONEY}${TEXT}${USER_ERROR}
`;

export const CANCEL_ORDER = /* GraphQL */ `
  mutation CancelOrder($input: CancelOrderInput!) {
    cancelOrder(input: $input) { order { ...OrderParts } released { ...RedemptionParts } userErrors { ...UserErrorParts } }
  }
  ${ORDER}${REDEMPTION}${PRODUCT}${MONEY}${TEXT}${USER_ERROR}
`;

export const RETURN_ITEMS = /* GraphQL */ `
  mutation ReturnItems($input: ReturnItemsInput!) {
    returnItems(input: $input) { order { ...OrderParts } refund { ...MoneyParts } discountGivenBack { ...MoneyParts } userErrors { ...UserErrorParts } }
  }
  ${ORDER}${REDEMPTION}${PRODUCT}${MONEY}${TEXT}${USER_ERROR}
`;
