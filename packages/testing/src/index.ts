export {
  aCampaign,
  aCampaignVersion,
  aCategory,
  aManager,
  aModel,
  anApproval,
  anOrder,
  anOrderLine,
  aProduct,
  aPromotion,
  aSegment,
  aUser,
} from './builders.ts';
export { fixedClock, NOON, seededIds, type FixedClock } from './clock.ts';
export { createTestDatabase, leaveUsers, removeGuard, startTestDatabase, type TestDatabase } from '@promolift/db/testing';
