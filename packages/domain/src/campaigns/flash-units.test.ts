import { expect, test } from 'vitest';
import type { Scope } from '../promotions/scope.ts';
import type { CampaignPromotion } from './campaign-content.ts';
import { continueUnits } from './flash-units.ts';

const of = (sku: string): Scope => ({ kind: 'skus', skus: [sku] });
const flash = (id: string, scope: Scope, more: Partial<CampaignPromotion> = {}): CampaignPromotion => ({
  id,
  rule: { kind: 'flash_sale', basisPoints: 2_000, stockCapUnits: 5, scope },
  ...more,
});
const percent: CampaignPromotion = { id: 'p', rule: { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } } };
const counted = (promotions: readonly CampaignPromotion[], earlier: CampaignPromotion[][]) =>
  continueUnits(promotions, earlier).map(({ id, countsUnitsOf }) => countsUnitsOf ?? id);

test.each<[string, CampaignPromotion[], CampaignPromotion[][], string[]]>([
  ['the first version counts its own', [flash('a', of('x')), percent], [], ['a', 'p']],
  [
    'an edit goes on counting, by scope and not by place',
    [flash('d', of('y')), flash('c', of('x'))],
    [[flash('a', of('x')), flash('b', of('y'))]],
    ['b', 'a'],
  ],
  [
    'the third version counts what the first did',
    [flash('c', of('x'))],
    [[flash('b', of('x'), { countsUnitsOf: 'a' })], [flash('a', of('x'))]],
    ['a'],
  ],
  ['one that was removed and comes back', [flash('c', of('x'))], [[percent], [flash('a', of('x'))]], ['a']],
  ['another scope in place of the old one', [flash('c', of('z'))], [[flash('a', of('x'))]], ['a']],
  ['a second one is new', [flash('c', of('x')), flash('d', of('z'))], [[flash('a', of('x'))]], ['a', 'd']],
  ['what a client wrote is not heard', [flash('c', of('x'), { countsUnitsOf: 'elsewhere' })], [], ['c']],
])('%s', (_, promotions, earlier, expected) => expect(counted(promotions, earlier)).toEqual(expected));

test('other kinds stay as they are', () => expect(continueUnits([percent], [[flash('a', of('x'))]])).toEqual([percent]));
