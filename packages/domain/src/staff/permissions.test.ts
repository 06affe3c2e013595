import { describe, expect, test } from 'vitest';
import type { Principal } from '../shared/roles.ts';
import { KEY_KINDS, ROLES } from '../shared/roles.ts';
import { isAllowed, OPERATIONS } from './permissions.ts';

/** Columns: anonymous, publishable key, secret key, viewer, analyst, approver, admin. Written by hand, every operation once. */
const EXPECTED = `
products 0111111
product 0111111
categories 0111111
recommendations 0111111
offers 0111111
evaluateCart 0111111
users 0011111
user 0011111
order 0011111
giftCard 0011111
explainDecision 0011111
segments 0001111
segment 0001111
forecasts 0001111
campaigns 0001111
campaign 0001111
sharedBudgets 0001111
inbox 0001111
jobs 0001111
job 0001111
models 0001111
model 0001111
trainingData 0001111
settings 0001111
changePassword 0001111
imports 0001111
overview 0001111
promotionKinds 0001111
conditionKinds 0001111
node 0001111
me 1111111
signIn 1111111
signOut 1111111
code 0001111
createCodeBatch 0000111
exportCodes 0000011
revokeCodes 0000011
auditEntries 0000011
exportUser 0000001
apiKeys 0000001
managers 0000001
previewCart 0000111
trackEvents 0110111
reserveOffer 0110111
placeOrder 0010111
cancelOrder 0010111
returnItems 0010111
redeem 0010111
releaseRedemption 0010111
setBirthday 0010111
openAccount 0010111
issueGiftCard 0010011
adjustPoints 0000011
createCampaign 0000111
reviseCampaign 0000111
requestReview 0000111
simulateProposal 0000111
rehearseCampaign 0000111
describeCampaign 0000111
proposeCampaigns 0000111
measureCampaign 0000111
previewImport 0000111
importData 0000111
trainModels 0000111
cancelJob 0000111
approveCampaign 0000011
rejectCampaign 0000011
requestChanges 0000011
scheduleCampaign 0000011
pauseCampaign 0000011
resumeCampaign 0000011
killCampaign 0000011
lowerCampaignLimits 0000011
saveSharedBudget 0000011
killAllCampaigns 0000011
promoteModel 0000011
rollbackModel 0000011
releaseKillSwitch 0000001
eraseUser 0000001
updateSettings 0000001
createApiKey 0000001
revokeApiKey 0000001
createManager 0000001
updateManager 0000001
advanceShopClock 0000001`
  .trim()
  .split('\n')
  .map((row): [string, string] => [row.split(' ')[0] ?? '', row.split(' ')[1] ?? '']);

const PRINCIPALS: readonly Principal[] = [
  { kind: 'anonymous' },
  ...KEY_KINDS.map((keyKind): Principal => ({ kind: 'key', apiKeyId: 'k', keyKind })),
  ...ROLES.map((role): Principal => ({ kind: 'manager', managerId: 'm', role })),
];

describe('isAllowed', () => {
  test('the table names every operation exactly once', () => {
    expect(EXPECTED.map(([operation]) => operation).sort()).toEqual([...OPERATIONS].sort());
  });

  test.each(EXPECTED)('%s', (operation, expected) => {
    expect(PRINCIPALS.map((principal) => Number(isAllowed(principal, operation))).join('')).toBe(expected);
  });

  test.each(['', 'deleteEverything', 'constructor', 'toString', '__proto__', 'Products'])(
    'unknown operation "%s" is refused to everybody',
    (operation) => {
      expect(PRINCIPALS.some((principal) => isAllowed(principal, operation))).toBe(false);
    },
  );
});
