/** Operations that move money or budget: at most one a request, so that an alias cannot spend a limit 101 times. */
export const MONEY_MUTATIONS: ReadonlySet<string> = new Set([
  'placeOrder',
  'redeem',
  'reserveOffer',
  'cancelOrder',
  'returnItems',
  'releaseRedemption',
  'issueGiftCard',
  'adjustPoints',
]);

export const MAX_DEPTH = 15;
/** GraphiQL asks 15 deep, for lists of lists of non-null types. */
export const MAX_INTROSPECTION_DEPTH = 20;
export const MAX_ALIASES = 15;
export const MAX_FIELDS = 600;
/** One unit a field, lists multiplied by their `first`. */
export const MAX_COST = { manager: 60_000, key: 15_000, anonymous: 500 } as const;
/** What a list without `first` is reckoned as. */
export const ASSUMED_LIST_LENGTH = 5;
export const MAX_PAGE = 100;
export const MAX_TOKENS = 2_000;
