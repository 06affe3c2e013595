import { evaluateCart, previewCart } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ProductType } from '../products/product.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { DateTime } from '../shared/scalars.ts';
import { present } from '../shared/present.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { CartInput } from './cart.inputs.ts';
import { EvaluateCartPayloadType, EvaluatedLineType } from './cart.type.ts';
import { isPublic, toCartEvaluation, toCartRequest } from './map-cart.ts';

@Resolver(() => EvaluateCartPayloadType)
export class CartResolver {
  @Query(() => EvaluateCartPayloadType, {
    description: 'What a cart costs now, why each promotion applied or not, and what is just out of reach.',
  })
  async evaluateCart(
    @Arg('cart', () => CartInput, { description: 'The cart.' }) cart: CartInput,
    @Ctx() { deps, principal }: ApiContext,
  ): Promise<EvaluateCartPayloadType> {
    // In a browser anybody could say to be somebody else, and read their balance.
    const request = isPublic(principal) ? { ...toCartRequest(cart), pointsToSpend: 0 } : toCartRequest(cart);
    const result = await evaluateCart(deps, request);
    return result.ok
      ? { evaluation: toCartEvaluation(result.value, principal, deps), userErrors: [] }
      : { evaluation: null, userErrors: toUserErrors(result.refusal) };
  }

  @Query(() => EvaluateCartPayloadType, {
    description: 'A dry run of evaluateCart: at any time and, if wished, with campaigns that nobody approved yet. Nothing is kept.',
  })
  async previewCart(
    @Arg('cart', () => CartInput, { description: 'The cart.' }) cart: CartInput,
    @Arg('at', () => DateTime, {
      nullable: true,
      description: 'The instant to decide for; now if left out. Counts scheduled campaigns, and ended ones where it is past.',
    })
    at: Date | null,
    @Arg('includeDrafts', () => Boolean, { defaultValue: false, description: 'Count campaigns that are not approved yet?' })
    includeDrafts: boolean,
    @Ctx() { deps, principal }: ApiContext,
  ): Promise<EvaluateCartPayloadType> {
    const result = await previewCart(deps, toCartRequest(cart), { at, includeDrafts });
    return result.ok
      ? { evaluation: toCartEvaluation(result.value, principal, deps), userErrors: [] }
      : { evaluation: null, userErrors: toUserErrors(result.refusal) };
  }
}

@Resolver(() => EvaluatedLineType)
export class EvaluatedLineResolver {
  @FieldResolver(() => ProductType, { description: 'The product.' })
  async product(@Root() { sku }: EvaluatedLineType, @Ctx() { loaders }: ApiContext): Promise<ProductType> {
    return present(await loaders.productBySku.load(sku), 'product');
  }
}
