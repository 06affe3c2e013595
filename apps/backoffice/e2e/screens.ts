/** Every screen, by address; `signedOut` ones need no session. */
export const screens = [
  '/', '/campaigns', '/campaigns/new', '/campaigns/campaign-winback', '/campaigns/campaign-draft/edit', '/campaigns/campaign-done/result', '/campaigns/campaign-broken/result', '/campaigns/campaign-winback/result', '/campaigns/campaign-live/redemptions',
  '/products', '/products?search=nothing-like-this', '/products/product-2', '/users', '/users/shopper-1201', '/decisions/decision-0', '/segments', '/segments/loyal', '/forecasts', '/models', '/jobs', '/imports', '/audit', '/settings',
] as const;
