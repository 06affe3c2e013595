import { recommend } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { ProductType } from '../products/product.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { requireLocale } from '../shared/locale.ts';
import { present } from '../shared/present.ts';
import {
  RecommendationContextInput,
  RecommendationFilterInput,
  RecommendationReasonType,
  RecommendationResultType,
  RecommendedItemType,
} from './recommendation.type.ts';

@Resolver(() => RecommendationResultType)
export class RecommendationResolver {
  @Query(() => RecommendationResultType, {
    description: 'Ranked products for a shopper, a cart or a product page. Says what made the list and why.',
  })
  async recommendations(
    @Arg('userId', () => String, { nullable: true, description: "The shop's own id of the shopper." }) userId: string | undefined,
    @Arg('anonymousId', () => String, { nullable: true, description: "The browser's id, while nobody is signed in." }) anonymousId:
      | string
      | undefined,
    @Arg('context', () => RecommendationContextInput, { nullable: true, description: 'Where it is shown.' }) context:
      | RecommendationContextInput
      | undefined,
    @Arg('first', () => Int, { defaultValue: 12, description: 'How many, 1 to 50.' }) first: number,
    @Arg('filters', () => RecommendationFilterInput, { nullable: true, description: 'What may be in it.' }) filters:
      | RecommendationFilterInput
      | undefined,
    @Ctx() { deps }: ApiContext,
  ): Promise<RecommendationResultType> {
    const { items, ...rest } = await recommend(deps, {
      userExternalId: userId ?? null,
      anonymousId: anonymousId ?? null,
      context: context ?? null,
      first,
      filters: filters ?? null,
    });
    return {
      ...rest,
      items: items.map((item) => ({ ...item, reasons: item.reasons.map(({ text, ...reason }) => ({ ...reason, words: text })) })),
    };
  }
}

@Resolver(() => RecommendedItemType)
export class RecommendedItemResolver {
  @FieldResolver(() => ProductType, { description: 'The product.' })
  async product(@Root() { productId }: RecommendedItemType, @Ctx() { loaders }: ApiContext): Promise<ProductType> {
    return present(await loaders.product.load(productId), 'product');
  }
}

@Resolver(() => RecommendationReasonType)
export class RecommendationReasonResolver {
  @FieldResolver(() => ProductType, { nullable: true, description: 'The product it speaks of.' })
  product(@Root() { productId }: RecommendationReasonType, @Ctx() { loaders }: ApiContext): Promise<ProductType | null> | null {
    return productId ? loaders.product.load(productId) : null;
  }

  @FieldResolver(() => String, { description: 'The reason in words.' })
  text(
    @Root() { words }: RecommendationReasonType,
    @Arg('locale', () => String, { nullable: true, description: 'BCP 47 tag; default en.' }) locale: string | undefined,
  ): string {
    return /^zh\b/i.test(requireLocale(locale)) ? words.zh : words.en;
  }
}
