import type { ProductRecord } from '@promolift/services';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ProductType } from '../products/product.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { present } from '../shared/present.ts';
import { EvaluatedLineType } from './cart.type.ts';
import { PriceNoticeType, toPriceNotice } from './price-notice.type.ts';

@Resolver(() => ProductType)
export class ProductNoticeResolver {
  @FieldResolver(() => PriceNoticeType, { description: 'What may and must be said beside its price before promotions.' })
  async priceNotice(@Root() { sku }: ProductRecord, @Ctx() { loaders }: ApiContext): Promise<PriceNoticeType> {
    return toPriceNotice(present(await loaders.noticeOfProduct.load(sku), 'product'));
  }
}

@Resolver(() => EvaluatedLineType)
export class LineNoticeResolver {
  @FieldResolver(() => PriceNoticeType, {
    nullable: true,
    description: 'What may and must be said beside the price of one unit with these promotions; null for gifts.',
  })
  async priceNotice(@Root() { loadNotice }: EvaluatedLineType): Promise<PriceNoticeType | null> {
    const notice = await loadNotice();
    return notice && toPriceNotice(notice);
  }
}
