import { evaluateCart } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ProductType } from '../products/product.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { present } from '../shared/present.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { CartInput, EvaluateCartPayloadType, EvaluatedLineType } from './cart.type.ts';
import { toCartEvaluation, toCartRequest } from './map-cart.ts';

@Resolver(() => EvaluateCartPayloadType)
export class CartResolver {
  @Query(() => EvaluateCartPayloadType, {
    description: 'What a cart costs now, why each promotion applied or not, and what is just out of reach.',
  })
  async evaluateCart(
    @Arg('cart', () => CartInput, { description: 'The cart.' }) cart: CartInput,
    @Ctx() { deps, principal }: ApiContext,
  ): Promise<EvaluateCartPayloadType> {
    const result = await evaluateCart(deps, toCartRequest(cart));
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
