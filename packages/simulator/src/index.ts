export { createShop, type Shop, type ShopConfig } from './activity/shop.ts';
export { initialState, restore, snapshot, type ShopState } from './activity/state.ts';
export { history, continueFrom, type HistoryOptions } from './campaigns/history.ts';
export { step, visitsOf, takeDueRows, type StepResult } from './campaigns/step.ts';
export type { Visit } from './campaigns/visits.ts';
export { visitRows } from './campaigns/visit-rows.ts';
export { decide, type Choice } from './campaigns/decide.ts';
export { settle, type Outcome } from './campaigns/settle.ts';
export {
  counterfactual,
  runWindow,
  type Counterfactual,
  type CounterfactualOptions,
  type WindowOutcome,
} from './campaigns/counterfactual.ts';
export { truth, type ShopTruth } from './campaigns/truth.ts';
export { noOffers, type Offer, type OfferKind, type OfferLookup } from './promotions/offer.ts';
export { quoteCart, type CartLine, type Quote, type QuoteLine } from './promotions/quote-cart.ts';
