import { Field, InputType, Int } from 'type-graphql';
import { MinorUnits } from '../shared/scalars.ts';

@InputType('CartLineInput', { description: 'One product of a cart. Prices are ours.' })
export class CartLineInput {
  @Field(() => String, { description: 'Sku of the product.' })
  sku!: string;

  @Field(() => Int, { description: 'Units, at least 1.' })
  quantity!: number;

  @Field(() => Int, { nullable: true, description: 'Tax of the product in basis points, 0 to 10,000; left out is no tax.' })
  taxBasisPoints?: number | null;
}

@InputType('CartInput', { description: 'A cart as a storefront knows it.' })
export class CartInput {
  @Field(() => String, { description: 'ISO 4217 code.' })
  currency!: string;

  @Field(() => [CartLineInput], { description: 'The products.' })
  lines!: CartLineInput[];

  @Field(() => [String], { nullable: true, description: 'Codes the shopper typed.' })
  codes?: string[] | null;

  @Field(() => String, { nullable: true, description: "The shop's own id of the shopper." })
  userId?: string | null;

  @Field(() => String, { nullable: true, description: "The browser's id, while nobody is signed in." })
  anonymousId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'HMAC-SHA-256 of the e-mail or phone that a guest gave, in hexadecimal; limits count it. Never the clear text.',
  })
  guestKey?: string | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Shipping before promotions.' })
  shippingMinor?: number | null;

  @Field(() => Int, { nullable: true, description: 'Tax of shipping in basis points, 0 to 10,000; left out is no tax.' })
  shippingTaxBasisPoints?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Do our prices and shipping include tax? Default true. Discounts are of the price as shown; tax is of what is left.',
  })
  pricesIncludeTax?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Where the shopper is, for example web.' })
  channel?: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166 code of the country of delivery, two letters.' })
  country?: string | null;

  @Field(() => String, { nullable: true, description: 'How it will be paid, in your own words; none is unknown to conditions.' })
  paymentMethod?: string | null;

  @Field(() => [String], { nullable: true, description: 'Skus of the gifts that the shopper chose among `giftChoices`.' })
  chosenGiftSkus?: string[] | null;

  @Field(() => String, { nullable: true, description: 'The code of the friend who brought the shopper; see openAccount.' })
  referralCode?: string | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description: "As many of the shopper's points as they want to pay with; a publishable key cannot ask, for anybody could say userId.",
  })
  pointsToSpend?: number | null;

  @Field(() => [String], { nullable: true, description: 'Codes of gift cards in the order in which they shall pay, at most 10.' })
  giftCardCodes?: string[] | null;
}
