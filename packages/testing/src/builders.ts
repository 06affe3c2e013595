import { NOON, seededIds } from './clock.ts';

const nextId = seededIds(7);
let count = 0;
const next = (): number => {
  count += 1;
  return count;
};

/** Builders give a whole, valid row; the argument says what the test is about. Keep one with `em.create(Product, aProduct())`. */
export function aCategory(is: Partial<ReturnType<typeof category>> = {}) {
  return { ...category(), ...is };
}
export function aProduct(is: Partial<ReturnType<typeof product>> = {}) {
  return { ...product(), ...is };
}
export function aUser(is: Partial<ReturnType<typeof user>> = {}) {
  return { ...user(), ...is };
}
export function aManager(is: Partial<ReturnType<typeof manager>> = {}) {
  return { ...manager(), ...is };
}
export function anOrder(is: Partial<ReturnType<typeof order>> = {}) {
  return { ...order(), ...is };
}
export function anOrderLine(is: Partial<ReturnType<typeof orderLine>> = {}) {
  return { ...orderLine(), ...is };
}
export function aSegment(is: Partial<ReturnType<typeof segment>> = {}) {
  return { ...segment(), ...is };
}
export function aModel(is: Partial<ReturnType<typeof model>> = {}) {
  return { ...model(), ...is };
}
export function aCampaign(is: Partial<ReturnType<typeof campaign>> = {}) {
  return { ...campaign(), ...is };
}
export function aCampaignVersion(is: Partial<ReturnType<typeof campaignVersion>> = {}) {
  return { ...campaignVersion(), ...is };
}
export function aPromotion(is: Partial<ReturnType<typeof promotion>> = {}) {
  return { ...promotion(), ...is };
}
export function anApproval(is: Partial<ReturnType<typeof approval>> = {}) {
  return { ...approval(), ...is };
}

const category = () => {
  const n = next();
  return { id: nextId(), key: `category-${n}`, name: `Category ${n}`, parentId: null as string | null };
};

const product = () => {
  const n = next();
  return {
    id: nextId(),
    sku: `SKU-${n}`,
    name: `Product ${n}`,
    categoryId: null as string | null,
    currency: 'EUR',
    priceMinor: 1_000,
    costMinor: 600 as number | null,
    floorMinor: null as number | null,
    stock: 100 as number | null,
    attributes: {} as Record<string, unknown>,
    isActive: true,
    launchedAt: null as Date | null,
    createdAt: NOON,
    updatedAt: NOON,
  };
};

const user = () => {
  const n = next();
  return {
    id: nextId(),
    externalId: `user-${n}`,
    pseudonym: `pseudonym-${n}`,
    hasConsent: true,
    attributes: {} as Record<string, unknown>,
    createdAt: NOON,
    erasedAt: null as Date | null,
  };
};

const manager = () => {
  const n = next();
  return {
    id: nextId(),
    email: `manager-${n}@shop.example`,
    name: `Manager ${n}`,
    passwordHash: 'not-a-password',
    role: 'approver' as 'viewer' | 'analyst' | 'approver' | 'admin',
    locale: 'en',
    disabledAt: null as Date | null,
    createdAt: NOON,
  };
};

const order = () => {
  const n = next();
  return {
    id: nextId(),
    externalId: `order-${n}`,
    userId: null as string | null,
    anonymousId: null as string | null,
    placedAt: NOON,
    currency: 'EUR',
    status: 'placed' as 'placed' | 'cancelled',
    channel: 'web' as string | null,
    country: 'DE' as string | null,
    subtotalMinor: 1_000,
    discountMinor: 0,
    shippingMinor: 0,
    totalMinor: 1_000,
    source: 'test',
    createdAt: NOON,
    cancelledAt: null as Date | null,
  };
};

const orderLine = () => ({
  orderId: nextId(),
  lineNumber: 1,
  productId: nextId(),
  quantity: 1,
  unitPriceMinor: 1_000,
  discountMinor: 0,
  costMinor: 600 as number | null,
  isGift: false,
});

const segment = () => {
  const n = next();
  return {
    id: nextId(),
    key: `segment-${n}`,
    name: { en: `Segment ${n}`, zh: `人群 ${n}` },
    kind: 'rule' as 'model' | 'rule',
    definition: {} as Record<string, unknown>,
    modelId: null as string | null,
    size: 0,
    portrait: {} as Record<string, unknown>,
    createdAt: NOON,
    retiredAt: null as Date | null,
  };
};

const model = () => ({
  id: nextId(),
  kind: 'recommendation',
  version: next(),
  status: 'candidate' as 'candidate' | 'champion' | 'retired' | 'refused',
  algorithm: 'popularity',
  metrics: {} as Record<string, unknown>,
  baseline: {} as Record<string, unknown>,
  seed: 1,
  createdAt: NOON,
});

type CampaignStatus =
  | 'draft'
  | 'in_review'
  | 'changes_requested'
  | 'rejected'
  | 'approved'
  | 'scheduled'
  | 'live'
  | 'paused'
  | 'ended'
  | 'measured'
  | 'expired';

const campaign = () => {
  const n = next();
  return {
    id: nextId(),
    name: `Campaign ${n}`,
    status: 'draft' as CampaignStatus,
    origin: 'ai' as 'ai' | 'manager',
    authorId: null as string | null,
    currentVersion: 1,
    liveVersion: null as number | null,
    occasion: null as string | null,
    priority: 0,
    startsAt: NOON as Date | null,
    endsAt: new Date(NOON.getTime() + 7 * 86_400_000) as Date | null,
    isKilled: false,
    createdAt: NOON,
    updatedAt: NOON,
  };
};

const campaignVersion = () => ({
  campaignId: nextId(),
  version: 1,
  content: {} as Record<string, unknown>,
  contentHash: 'hash-1',
  modelVersions: {} as Record<string, unknown>,
  evidenceId: null as string | null,
  createdBy: null as string | null,
  createdAt: NOON,
});

const promotion = () => ({
  id: nextId(),
  campaignId: nextId(),
  version: 1,
  position: 0,
  kind: 'percent_off',
  rule: {} as Record<string, unknown>,
});

const approval = () => ({
  id: nextId(),
  campaignId: nextId(),
  version: 1,
  contentHash: 'hash-1',
  managerId: nextId(),
  decision: 'approve' as 'approve' | 'reject' | 'request_changes',
  reason: null as string | null,
  at: NOON,
});
