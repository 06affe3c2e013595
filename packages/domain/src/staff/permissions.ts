import type { KeyKind, Principal, Role } from '../shared/roles.ts';
import { isAtLeast } from '../shared/roles.ts';

interface Permission {
  /** The least role; `never` = no manager. */
  readonly manager: Role | 'never';
  readonly keys: readonly KeyKind[];
  readonly anonymous?: true;
}

const BOTH: readonly KeyKind[] = ['storefront_publishable', 'storefront_secret'];
const SECRET: readonly KeyKind[] = ['storefront_secret'];
const NONE: readonly KeyKind[] = [];

const from = (manager: Permission['manager'], keys: readonly KeyKind[] = NONE): Permission => ({ manager, keys });
const everybody: Permission = { manager: 'viewer', keys: BOTH, anonymous: true };

/** Every root field of the API by name, once. What is not here is refused. */
export const PERMISSIONS = {
  products: from('viewer', BOTH),
  product: from('viewer', BOTH),
  categories: from('viewer', BOTH),
  recommendations: from('viewer', BOTH),
  offers: from('viewer', BOTH),
  evaluateCart: from('viewer', BOTH),
  users: from('viewer', SECRET),
  user: from('viewer', SECRET),
  order: from('viewer', SECRET),
  giftCard: from('viewer', SECRET),
  segments: from('viewer'),
  segment: from('viewer'),
  forecasts: from('viewer'),
  campaigns: from('viewer'),
  campaign: from('viewer'),
  sharedBudgets: from('viewer'),
  inbox: from('viewer'),
  explainDecision: from('viewer', SECRET),
  changePassword: from('viewer'),
  code: from('viewer'),
  exportCodes: from('approver'),
  jobs: from('viewer'),
  job: from('viewer'),
  models: from('viewer'),
  model: from('viewer'),
  trainingData: from('viewer'),
  settings: from('viewer'),
  imports: from('viewer'),
  overview: from('viewer'),
  promotionKinds: from('viewer'),
  conditionKinds: from('viewer'),
  node: from('viewer'),
  me: everybody,
  auditEntries: from('approver'),
  exportUser: from('admin'),
  apiKeys: from('admin'),
  managers: from('admin'),

  trackEvents: from('analyst', BOTH),
  reserveOffer: from('analyst', BOTH),
  placeOrder: from('analyst', SECRET),
  cancelOrder: from('analyst', SECRET),
  returnItems: from('analyst', SECRET),
  redeem: from('analyst', SECRET),
  releaseRedemption: from('analyst', SECRET),
  setBirthday: from('analyst', SECRET),
  openAccount: from('analyst', SECRET),

  previewCart: from('analyst'),
  createCodeBatch: from('analyst'),
  createCampaign: from('analyst'),
  reviseCampaign: from('analyst'),
  requestReview: from('analyst'),
  simulateProposal: from('analyst'),
  rehearseCampaign: from('analyst'),
  describeCampaign: from('analyst'),
  proposeCampaigns: from('analyst'),
  measureCampaign: from('analyst'),
  previewImport: from('analyst'),
  importData: from('analyst'),
  trainModels: from('analyst'),
  cancelJob: from('analyst'),

  // A shop that sells gift cards issues them by key.
  issueGiftCard: from('approver', SECRET),
  adjustPoints: from('approver'),
  approveCampaign: from('approver'),
  revokeCodes: from('approver'),
  rejectCampaign: from('approver'),
  requestChanges: from('approver'),
  scheduleCampaign: from('approver'),
  pauseCampaign: from('approver'),
  resumeCampaign: from('approver'),
  killCampaign: from('approver'),
  lowerCampaignLimits: from('approver'),
  saveSharedBudget: from('approver'),
  killAllCampaigns: from('approver'),
  promoteModel: from('approver'),
  rollbackModel: from('approver'),

  releaseKillSwitch: from('admin'),
  eraseUser: from('admin'),
  updateSettings: from('admin'),
  createApiKey: from('admin'),
  revokeApiKey: from('admin'),
  createManager: from('admin'),
  updateManager: from('admin'),
  advanceShopClock: from('admin'),

  signIn: everybody,
  signOut: everybody,
} as const satisfies Record<string, Permission>;

export type Operation = keyof typeof PERMISSIONS;
export const OPERATIONS = Object.keys(PERMISSIONS) as readonly Operation[];

export const isOperation = (name: string): name is Operation => Object.hasOwn(PERMISSIONS, name);

/** Default deny: an operation that the table does not name is refused to everybody. */
export function isAllowed(principal: Principal, operation: string): boolean {
  if (!isOperation(operation)) return false;
  const permission: Permission = PERMISSIONS[operation];
  switch (principal.kind) {
    case 'manager':
      return permission.manager !== 'never' && isAtLeast(principal.role, permission.manager);
    case 'key':
      return permission.keys.includes(principal.keyKind);
    case 'anonymous':
      return permission.anonymous === true;
  }
}
