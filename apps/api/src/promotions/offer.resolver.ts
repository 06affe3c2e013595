import { CONDITION_KINDS, PROMOTION_KINDS } from '@promolift/domain';
import { offersFor } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ProductType } from '../products/product.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { textOf } from '../shared/text.type.ts';
import { CartInput } from './cart.inputs.ts';
import { isPublic } from './map-cart.ts';
import { disclosureOf } from './price-notice.type.ts';
import { ConditionKindType, OffersResultType, PersonalOfferType, PromotionKindType } from './offer.type.ts';

@Resolver(() => PersonalOfferType)
export class OfferResolver {
  @Query(() => OffersResultType, {
    description: 'Promotions that this shopper can use now, the 100 that come first at most; nothing they are held out of.',
  })
  async offers(
    @Arg('userId', () => String, { nullable: true, description: "The shop's own id of the shopper." }) userId: string | undefined,
    @Arg('anonymousId', () => String, { nullable: true, description: "The browser's id, while nobody is signed in." }) anonymousId:
      | string
      | undefined,
    @Arg('cart', () => CartInput, { nullable: true, description: 'Offers about what is in it come first.' }) cart: CartInput | undefined,
    @Ctx() { deps, principal }: ApiContext,
  ): Promise<OffersResultType> {
    const { offers, isHeldOut, ...rest } = await offersFor(deps, {
      userExternalId: userId ?? null,
      anonymousId: anonymousId ?? null,
      guestKey: cart?.guestKey ?? null,
      cart: cart ?? null,
    });
    return {
      ...rest,
      isHeldOut: isPublic(principal) ? null : isHeldOut,
      offers: offers.map((offer) => ({
        ...offer,
        title: textOf(offer.title),
        sentence: textOf(offer.sentence),
        disclosure: disclosureOf(offer),
      })),
    };
  }

  @Query(() => [PromotionKindType], { description: 'Kinds of rules that campaigns may use.' })
  promotionKinds(): PromotionKindType[] {
    return PROMOTION_KINDS.map(({ kind, name, arguments: described }) => ({ kind, label: textOf(name), arguments: described }));
  }

  @Query(() => [ConditionKindType], { description: 'Kinds of conditions that rules may have; and, or and not combine them.' })
  conditionKinds(): ConditionKindType[] {
    return CONDITION_KINDS.map(({ kind, name, arguments: described }) => ({ kind, label: textOf(name), arguments: described }));
  }

  @FieldResolver(() => [ProductType], { description: 'Some products it is about; empty where it is about everything.' })
  async products(@Root() { productIds }: PersonalOfferType, @Ctx() { loaders }: ApiContext): Promise<ProductType[]> {
    const found = await Promise.all(productIds.map((id) => loaders.product.load(id)));
    return found.filter((product) => product !== null);
  }
}
