import {
  BASIS_POINTS,
  CampaignContent,
  namedInSentence,
  type Names,
  promotionSentence,
  type PromotionRule,
  ruleDepthBasisPoints,
  ruleScope,
  type ShopSettings,
  unitFloorMinor,
} from '@promolift/domain';
import { categoryNames, type LedgerRecord, type ProductRecord } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ProductType } from '../products/product.type.ts';
import { RedemptionType } from '../promotions/redemption.type.ts';
import { SegmentType } from '../segments/segment.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { MoneyType, moneyOf, moneyOrNull } from '../shared/money.type.ts';
import { present } from '../shared/present.ts';
import { LocalisedTextType, textOf } from '../shared/text.type.ts';
import { AudienceType, CampaignVersionType, LedgerEntryType, PromotedProductType, PromotionType } from './campaign-parts.type.ts';
import { CampaignType } from './campaign.type.ts';
import { SimilarCampaignType } from './evidence.type.ts';

@Resolver(() => PromotionType)
export class PromotionResolver {
  @FieldResolver(() => LocalisedTextType, { description: 'The rule, one sentence.' })
  async sentence(@Root() { rule, condition }: PromotionType, @Ctx() { deps, loaders }: ApiContext): Promise<LocalisedTextType> {
    const { skus } = namedInSentence(rule, condition ?? undefined);
    const [categories, products] = await Promise.all([
      categoryNames(deps.sql),
      Promise.all(skus.map((sku) => loaders.productBySku.load(sku))),
    ]);
    const names: Names = {
      categories: Object.fromEntries(categories),
      products: Object.fromEntries(products.flatMap((product) => (product ? [[product.sku, product.name]] : []))),
    };
    return textOf(promotionSentence(rule, names, condition ?? undefined));
  }

  @FieldResolver(() => [PromotedProductType], { description: 'Products on sale that it is about, by name.' })
  async products(
    @Root() { id, rule }: PromotionType,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<PromotedProductType[]> {
    const [rows, settings] = await Promise.all([
      loaders.productsOfScope.load({ id, scope: ruleScope(rule), count: first }),
      loaders.shop.load(''),
    ]);
    return rows.map(({ product }) => promoted(product, rule, settings));
  }

  @FieldResolver(() => Int, { description: 'How many products on sale it is about.' })
  productCount(@Root() { id, rule }: PromotionType, @Ctx() { loaders }: ApiContext): Promise<number> {
    return loaders.productCountOfScope.load({ id, scope: ruleScope(rule) });
  }
}

function promoted(product: ProductRecord, rule: PromotionRule, settings: ShopSettings): PromotedProductType {
  const { sku, priceMinor, currency, stock } = product;
  const floorMinor = unitFloorMinor(product, settings.marginFloorBasisPoints);
  const wanted = ruleDepthBasisPoints(rule, sku, { currency, priceOf: (asked) => (asked === sku ? priceMinor : null) });
  const depth = Math.min(wanted, settings.maxDepthBasisPoints);
  const cut = Math.ceil((priceMinor * (BASIS_POINTS - depth)) / BASIS_POINTS);
  const lowest = floorMinor === null || depth <= 0 ? null : Math.min(priceMinor, Math.max(floorMinor, cut));
  return {
    product,
    stock,
    price: moneyOf(priceMinor, currency),
    promotionPrice: moneyOrNull(lowest, currency),
    floor: moneyOrNull(floorMinor, currency),
  };
}

@Resolver(() => CampaignVersionType)
export class VersionPromotionsResolver {
  @FieldResolver(() => [PromotionType], { description: 'Its rules.' })
  promotions(@Root() { content }: CampaignVersionType): PromotionType[] {
    return toPromotions(CampaignContent.parse(content));
  }
}

/** The rules of a content as the API shows them. */
export const toPromotions = ({ promotions }: CampaignContent): PromotionType[] =>
  promotions.map(({ id, rule, condition = null, needsCode = false }) => ({ id, kind: rule.kind, rule, condition, needsCode }));

@Resolver(() => PromotedProductType)
export class PromotedProductResolver {
  @FieldResolver(() => ProductType, { description: 'The product.' })
  product(@Root() { product }: PromotedProductType): ProductType {
    return product;
  }
}

@Resolver(() => AudienceType)
export class AudienceResolver {
  @FieldResolver(() => [SegmentType], { description: 'Segments it is for; empty where it is for everybody.' })
  async segments(@Root() { segmentKeys }: AudienceType, @Ctx() { loaders }: ApiContext): Promise<SegmentType[]> {
    return (await Promise.all(segmentKeys.map((key) => loaders.segmentByKey.load(key)))).filter((segment) => segment !== null);
  }
}

@Resolver(() => LedgerEntryType)
export class LedgerEntryResolver {
  @FieldResolver(() => MoneyType, { description: 'Amount that moved.' })
  amount(@Root() { amountMinor, currency }: LedgerRecord): MoneyType {
    return moneyOf(amountMinor, currency);
  }
}

@Resolver(() => RedemptionType)
export class RedemptionCampaignResolver {
  @FieldResolver(() => CampaignType, { description: 'The campaign it belongs to.' })
  async campaign(@Root() { campaignId }: RedemptionType, @Ctx() { loaders }: ApiContext): Promise<CampaignType> {
    return present(await loaders.campaign.load(campaignId), 'campaign');
  }
}

@Resolver(() => SimilarCampaignType)
export class SimilarCampaignResolver {
  @FieldResolver(() => CampaignType, { description: 'That campaign.' })
  async campaign(@Root() { campaignId }: SimilarCampaignType, @Ctx() { loaders }: ApiContext): Promise<CampaignType> {
    return present(await loaders.campaign.load(campaignId), 'campaign');
  }
}
