import { runSql } from '@promolift/db';
import { CampaignContent, type LocalizedText, seededId, type Worth, worthDoing } from '@promolift/domain';
import { insertCampaign } from '../write-campaign.ts';
import type { Deps } from '../../shared/deps.ts';
import type { JobWork } from '../../shared/run-job.ts';
import { readCampaignMemory } from './campaign-memory.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { effectBasisOf } from './effect-basis.ts';
import { estimateEffect } from './estimate-effect.ts';
import { findIdeas } from './occasions/find-ideas.ts';
import type { Idea } from './occasions/idea.ts';
import { budgetFor, offerGuardrails } from './offer-guardrails.ts';
import { choosePortfolio, meets, MOST_PROPOSALS, type Scored } from './portfolio.ts';
import { type Claim, evidenceOf } from './proposal-evidence.ts';
import { rejectionOf } from './rejections.ts';
import { addDays, startOfDay } from './shop-days.ts';
import { modelVersionsOf, readShopPicture, type ShopPicture } from './shop-picture.ts';
import { titleOf } from './words.ts';

/** `label`: the occasion or the name of what was dropped; `count`: ideas dropped for this reason. */
export type DroppedIdea = { label: string; reason: LocalizedText; count: number };
export type ProposalRunResult = {
  at: string;
  ideaCount: number;
  proposedCount: number;
  campaignIds: string[];
  sentence: LocalizedText;
  dropped: DroppedIdea[];
};

const SCREENING_DRAWS = 200;
const FINAL_DRAWS = 2_000;
const PROPOSE_LOCK = 4_711_004;
const DAY_MS = 86_400_000;

/**
 * Looks for occasions, computes what each idea's best offer would change, drops what breaks a guardrail or is not worth it,
 * and puts a small portfolio under one budget before the managers. What is open already is not proposed again.
 */
export async function proposeCampaigns(
  deps: Deps,
  { progress, assertCurrent }: Parameters<JobWork<ProposalRunResult>>[0],
): Promise<ProposalRunResult> {
  await progress.report(0.02, 'Reading the shop');
  const picture = await readShopPicture(deps);
  const ideas = findIdeas(picture);
  await progress.report(
    0.25,
    'Weighing ideas',
    `${ideas.length} ideas from ${picture.products.length} products and ${picture.segments.length} segments`,
  );
  const drops = new Drops();
  const best: Scored[] = [];
  for (const [index, idea] of ideas.entries()) {
    best.push(...passingOffers(picture, idea, drops));
    await progress.report(0.25 + (0.5 * (index + 1)) / ideas.length, 'Weighing ideas');
  }
  const { chosen, dropped } = choosePortfolio(
    best,
    picture.settings.defaultBudgetMinor * MOST_PROPOSALS,
    new Map(picture.products.map((product) => [product.sku, product])),
  );
  const counted = new Set(chosen.map(({ idea }) => idea));
  for (const { candidate, reason } of dropped) {
    if (!counted.has(candidate.idea)) drops.add(candidate.idea, PORTFOLIO_REASONS[reason]);
    counted.add(candidate.idea);
  }
  await progress.report(0.8, 'Gathering evidence');
  const prepared = await prepare(picture, chosen, drops);
  await assertCurrent();
  const campaignIds = await keep(deps, picture, prepared, drops);
  return {
    at: picture.now.toISOString(),
    ideaCount: ideas.length,
    proposedCount: campaignIds.length,
    campaignIds,
    sentence: sentenceOf(picture, ideas.length, campaignIds.length, drops),
    dropped: drops.list(),
  };
}

const PORTFOLIO_REASONS = {
  overlap: { en: 'Would meet a better proposal on the same products', zh: '与更优提案商品重叠' },
  budget: { en: 'Does not fit into the budget', zh: '超出总预算' },
  enough: { en: 'Others of the same sort earn more', zh: '同类中有更优提案' },
} as const satisfies Record<string, LocalizedText>;

/** Counts each idea once, under the reason that stopped its most promising offer. */
class Drops {
  readonly #counts = new Map<string, DroppedIdea>();
  add(idea: Idea, reason: LocalizedText): void {
    const key = `${idea.occasion}\n${reason.en}`;
    const known = this.#counts.get(key);
    if (known) known.count += 1;
    else this.#counts.set(key, { label: idea.occasion, reason, count: 1 });
  }
  list = (): DroppedIdea[] => [...this.#counts.values()].sort((a, b) => b.count - a.count);
}

const OPEN: LocalizedText = { en: 'Something for the same products and shoppers is open already', zh: '同一商品和人群已有进行中的活动' };
const NO_PRODUCTS: LocalizedText = { en: 'No offer fits these products', zh: '没有适合这些商品的优惠' };

export type Weighed = { scored: Scored; obstacle: LocalizedText | null };

/** Every offer tried for an idea, the best first, with what stops it. */
const weighIdea = (picture: ShopPicture, idea: Idea): Weighed[] =>
  candidatesOf(picture, idea)
    .map((candidate) => weigh(picture, candidate))
    .sort((a, b) => b.scored.score - a.scored.score);

/** The same for all ideas of the shop, for benches. */
export const weighIdeas = (picture: ShopPicture): Weighed[][] => findIdeas(picture).map((idea) => weighIdea(picture, idea));

/** The best offer of each kind that may be made for an idea; none with the reason counted when there is none. */
function passingOffers(picture: ShopPicture, idea: Idea, drops: Drops): Scored[] {
  const tried = weighIdea(picture, idea);
  const passing = tried.filter(({ obstacle }) => obstacle === null).map(({ scored }) => scored);
  if (passing.length === 0) drops.add(idea, tried[0]?.obstacle ?? NO_PRODUCTS);
  const bestOfKinds = passing.filter(
    (scored, index) => passing.findIndex((other) => other.offer.rule.kind === scored.offer.rule.kind) === index,
  );
  // Screening flatters the best of many; what does not hold on a closer look must not keep the place of another.
  const closer = bestOfKinds.map((scored) => weigh(picture, scored, FINAL_DRAWS));
  const holding = closer.filter(({ obstacle }) => obstacle === null);
  if (holding.length === 0 && passing.length > 0) drops.add(idea, closer[0]?.obstacle ?? NO_PRODUCTS);
  return holding.map(({ scored }) => scored);
}

function weigh(picture: ShopPicture, candidate: Candidate, draws = SCREENING_DRAWS): Weighed {
  const effect = estimateEffect(effectBasisOf(picture, candidate.offer, draws, draws));
  const budgetMinor = budgetFor(effect.discountCostMinor.high);
  const scored: Scored = { ...candidate, effect, budgetMinor, score: effect.marginMinor.mean };
  const guardrails = [...offerGuardrails(picture, candidate.offer, effect, budgetMinor).checks];
  const worth = worthDoing(
    { incrementalMarginMinor: effect.marginMinor, probabilityOfGain: effect.probabilityOfGain, guardrails },
    picture.settings,
  );
  const categoriesOf = (sku: string) => picture.products.find((product) => product.sku === sku)?.categoryKeys ?? [];
  const isOpen = picture.memory.open.some(({ content }) =>
    content.promotions.some(({ rule }) => meets(candidate, { offer: { rule, segmentKeys: content.audience.segmentKeys } }, categoriesOf)),
  );
  const rejection = rejectionOf(picture.memory.rejected, candidate, effect, categoriesOf);
  return { scored, obstacle: worth.isWorth ? (isOpen ? OPEN : rejection) : messageOf(worth) };
}

/** Without its figure, so that equal reasons are counted together. */
const messageOf = (worth: Exclude<Worth, { isWorth: true }>): LocalizedText =>
  worth.reason === 'TOO_UNCERTAIN' ? { en: 'Gain too uncertain', zh: '收益不确定' } : worth.message;

type Prepared = { scored: Scored; content: CampaignContent; evidence: Awaited<ReturnType<typeof evidenceOf>> };

/** Computes the chosen ones again with many draws; what does not hold then is dropped. */
async function prepare(picture: ShopPicture, chosen: readonly Scored[], drops: Drops): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  for (const [index, screened] of chosen.entries()) {
    const startsAt = picture.now;
    const endsAt = endOf(picture, screened.offer.days);
    const offer = { ...screened.offer, days: (endsAt.getTime() - startsAt.getTime()) / DAY_MS };
    const basis = effectBasisOf(picture, offer, FINAL_DRAWS, 1_000 + index);
    const effect = estimateEffect(basis);
    const scored: Scored = { ...screened, offer, effect, budgetMinor: budgetFor(effect.discountCostMinor.high) };
    const content = contentOf(picture, scored, startsAt, endsAt);
    const evidence = await evidenceOf(picture, claimOf(picture, scored), basis, content);
    const worth = worthDoing(evidence, picture.settings);
    if (worth.isWorth) prepared.push({ scored, content, evidence });
    else drops.add(screened.idea, messageOf(worth));
  }
  return prepared;
}

const claimOf = (picture: ShopPicture, scored: Scored): Claim => ({
  title: titleOf(scored, picture),
  occasion: scored.idea.occasion,
  reasons: scored.idea.reasons,
  offer: scored.offer,
  budgetMinor: scored.budgetMinor,
});

/** Ends with a day of the shop; one more day when today is half over. */
function endOf({ now, today, settings }: ShopPicture, days: number): Date {
  const begun = (now.getTime() - startOfDay(today, settings.timeZone).getTime()) / DAY_MS;
  return startOfDay(addDays(today, days + (begun > 0.5 ? 1 : 0)), settings.timeZone);
}

function contentOf(picture: ShopPicture, scored: Scored, startsAt: Date, endsAt: Date): CampaignContent {
  const { settings } = picture;
  return CampaignContent.parse({
    name: titleOf(scored, picture).en.slice(0, 200),
    promotions: [{ id: 'offer', rule: scored.offer.rule }],
    audience: { segmentKeys: scored.offer.segmentKeys },
    schedule: { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), timeZone: settings.timeZone },
    budget: { budgetMinor: scored.budgetMinor, currency: settings.currency },
    holdoutBasisPoints: settings.holdoutBasisPoints,
  });
}

/** Writes the proposals in one transaction; a run at the same moment may have been first. */
function keep(deps: Deps, picture: ShopPicture, prepared: readonly Prepared[], drops: Drops): Promise<string[]> {
  return deps.em.transactional(async (em) => {
    await em.execute('select pg_advisory_xact_lock(?)', [PROPOSE_LOCK]);
    // A campaign's id decides who is held out of it, so it follows from the installation, the time and its number.
    const before = await countProposals(em);
    const known = new Set(picture.memory.open.map(({ id }) => id));
    const newer = (await readCampaignMemory(deps.sql, picture.now)).open.filter(({ id }) => !known.has(id));
    const categoriesOf = (sku: string) => picture.products.find((product) => product.sku === sku)?.categoryKeys ?? [];
    const ids: string[] = [];
    for (const { scored, content, evidence } of prepared) {
      const isTaken = newer.some((other) =>
        other.content.promotions.some(({ rule }) =>
          meets(scored, { offer: { rule, segmentKeys: other.content.audience.segmentKeys } }, categoriesOf),
        ),
      );
      if (isTaken) drops.add(scored.idea, OPEN);
      else
        ids.push(
          await insertCampaign(
            { ...deps, em },
            { content, origin: 'ai', occasion: scored.idea.occasion, modelVersions: modelVersionsOf(picture.models), evidence },
            seededId(deps.secrets.holdoutSalt, `proposal ${before + ids.length + 1}`, picture.now.getTime()),
          ),
        );
    }
    return ids;
  });
}

async function countProposals(em: Deps['em']): Promise<number> {
  const [row] = await runSql<{ count: number }>(em, "select count(*)::int count from campaigns where origin = 'ai'", []);
  return row?.count ?? 0;
}

function sentenceOf({ memory, history }: ShopPicture, ideaCount: number, proposedCount: number, drops: Drops): LocalizedText {
  if (proposedCount > 0)
    return {
      en: `${proposedCount} of ${ideaCount} ideas are worth your time.`,
      zh: `${ideaCount} 个想法中有 ${proposedCount} 个值得您过目。`,
    };
  if (history.orderCount === 0)
    return { en: 'Nothing to propose yet: there are no orders to learn from.', zh: '暂无提案：还没有可供学习的订单。' };
  if (ideaCount === 0)
    return {
      en: 'Nothing worth doing this week: stock, demand, baskets and segments look as usual.',
      zh: '本周没有值得做的促销：库存、需求、购物篮和人群均无异常。',
    };
  const [main] = drops.list();
  const open =
    memory.open.length > 0
      ? { en: ` ${memory.open.length} campaigns are open already.`, zh: `已有 ${memory.open.length} 个活动进行中。` }
      : { en: '', zh: '' };
  return {
    en: `Nothing worth doing this week: none of ${ideaCount} ideas passed. Most often: ${main ? main.reason.en.charAt(0).toLowerCase() + main.reason.en.slice(1) : 'no offer fits'}.${open.en}`,
    zh: `本周没有值得做的促销：${ideaCount} 个想法均未通过，最常见原因：${main?.reason.zh ?? '没有合适的优惠'}。${open.zh}`,
  };
}
