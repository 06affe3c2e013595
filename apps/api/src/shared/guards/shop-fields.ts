import { AppError, type KeyKind } from '@promolift/domain';
import { type DocumentNode, getNamedType, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** Types that carry nothing but what a storefront's own operations are for. */
const OPEN: ReadonlySet<string> = new Set([
  'Query',
  'Mutation',
  'Node',
  'UserError',
  'SimpleUserError',
  'Money',
  'LocalisedText',
  'PageInfo',
  'SimplePayload',
  'SignInPayload',
  'Viewer',
  'ProductConnection',
  'ProductEdge',
  'PricePoint',
  'PriceNotice',
  'UnitPrice',
  'RecommendationResult',
  'RecommendedItem',
  'RecommendationReason',
  'OffersResult',
  'PersonalOffer',
  'EvaluateCartPayload',
  'CartEvaluation',
  'EvaluatedLine',
  'LineDiscount',
  'UnitAmount',
  'AgentReason',
  'AppliedPromotion',
  'RejectedPromotion',
  'ConditionFailure',
  'SetBirthdayPayload',
  'CodeOutcome',
  'NearMiss',
  'RedemptionPayload',
  'TrackEventsPayload',
  'RejectedEvent',
  'PlaceOrderPayload',
  'CancelOrderPayload',
  'ReturnItemsPayload',
  'OrderLine',
  'UserConnection',
  'UserEdge',
  'Event',
  'UserProfile',
  'InterestTag',
  'CategoryPropensity',
  'DecisionStep',
  'EarnedPoints',
  'CartPayments',
  'AccountPayment',
  'Refund',
  'OpenAccountPayload',
  'IssueGiftCardPayload',
]);

/**
 * Types whose fields a storefront key may not all see, with those it may. A type that is neither here nor open is hidden
 * whole, so that a new one is hidden until somebody decides. A secret key stays on the shop's server and sees shoppers as well.
 */
const VISIBLE: Readonly<Record<string, { publishable: readonly string[]; secret: readonly string[] }>> = {
  Product: visible([
    'id',
    'sku',
    'name',
    'category',
    'price',
    'isActive',
    'launchedAt',
    'attributes',
    'stock',
    'priceHistory',
    'priceNotice',
  ]),
  Category: visible(['id', 'key', 'name', 'products']),
  User: visible(
    [],
    [
      'id',
      'externalId',
      'pseudonym',
      'hasConsent',
      'createdAt',
      'erasedAt',
      'attributes',
      'profile',
      'segments',
      'orders',
      'events',
      'accounts',
    ],
  ),
  Segment: visible([], ['id', 'key', 'name']),
  Campaign: visible(['id', 'title'], ['id', 'title', 'name', 'status']),
  Redemption: visible(
    ['id', 'campaign', 'promotionId', 'status', 'amount', 'expiresAt', 'code'],
    [
      'id',
      'campaign',
      'promotionId',
      'status',
      'amount',
      'refunded',
      'reservedAt',
      'expiresAt',
      'committedAt',
      'releasedAt',
      'order',
      'user',
      'code',
    ],
  ),
  Order: visible(
    [],
    [
      'id',
      'externalId',
      'user',
      'placedAt',
      'status',
      'channel',
      'country',
      'subtotal',
      'discount',
      'shipping',
      'addedTax',
      'total',
      'lines',
      'redemptions',
    ],
  ),
  Account: visible([], ['id', 'kind', 'currency', 'balance', 'pending', 'codeEnding', 'expiresAt', 'createdAt', 'entries']),
  AccountEntry: visible([], ['id', 'kind', 'available', 'pending', 'orderExternalId', 'at', 'availableAt']),
  // Reached only by signing in: me is null for keys.
  Manager: visible(['id', 'email', 'name', 'role', 'locale']),
  // Its input holds costs.
  Decision: visible(
    [],
    ['id', 'decidedAt', 'kind', 'user', 'policy', 'probability', 'isReplayIdentical', 'steps', 'rulesetHash', 'inputHash'],
  ),
};

function visible(publishable: readonly string[], secret: readonly string[] = publishable) {
  return { publishable, secret };
}

/** Throws FORBIDDEN when a storefront key asks for a field that is the backoffice's, however deep it stands. */
export function refuseHiddenFields(schema: GraphQLSchema, document: DocumentNode, keyKind: KeyKind): void {
  const kind = keyKind === 'storefront_secret' ? 'secret' : 'publishable';
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = types.getParentType();
        if (!parent || node.name.value === '__typename') return;
        const { name } = getNamedType(parent);
        if (!OPEN.has(name) && !VISIBLE[name]?.[kind].includes(node.name.value))
          throw new AppError('FORBIDDEN', `A ${kind} key may not read ${parent.name}.${node.name.value}`);
      },
    }),
  );
}
