import { type AccountRecord, accountById, adjustPoints, findGiftCard, issueGiftCard, openAccount } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { UserType } from '../users/user.type.ts';
import {
  AccountEntryType,
  AccountType,
  AdjustPointsInput,
  AdjustPointsPayloadType,
  IssueGiftCardInput,
  IssueGiftCardPayloadType,
  OpenAccountInput,
  OpenAccountPayloadType,
} from './account.type.ts';

@Resolver(() => AccountType)
export class AccountResolver {
  @Query(() => AccountType, {
    nullable: true,
    description: 'The gift card with this code, in any form that people type; null if there is none.',
  })
  giftCard(
    @Arg('code', () => String, { description: 'The code as somebody typed it.' }) code: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<AccountType | null> {
    return findGiftCard(deps, code);
  }

  @Mutation(() => OpenAccountPayloadType, {
    description: 'Lets a shopper collect points and gives them the code that friends bring. Harmless when repeated.',
  })
  async openAccount(
    @Arg('input', () => OpenAccountInput, { description: 'Who joins.' }) { userId, guestKey }: OpenAccountInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<OpenAccountPayloadType> {
    const result = await openAccount(deps, { userExternalId: userId, guestKey: guestKey ?? null });
    if (!result.ok) return { account: null, referralCode: null, userErrors: toUserErrors(result.refusal) };
    const { accountId, referralCode } = result.value;
    return { account: await accountById(deps, accountId), referralCode, userErrors: [] };
  }

  @Mutation(() => IssueGiftCardPayloadType, {
    description: 'Makes a gift card that pays orders, in parts or whole; refunds go back to it.',
  })
  async issueGiftCard(
    @Arg('input', () => IssueGiftCardInput, { description: 'The card.' }) { userId, expiresAt, ...input }: IssueGiftCardInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<IssueGiftCardPayloadType> {
    const result = await issueGiftCard(deps, { ...input, expiresAt: expiresAt ?? null, userExternalId: userId ?? null });
    if (!result.ok) return { account: null, code: null, userErrors: toUserErrors(result.refusal) };
    return { account: await accountById(deps, result.value.accountId), code: result.value.code, userErrors: [] };
  }

  @Mutation(() => AdjustPointsPayloadType, { description: 'Gives points by hand or takes them; an audit entry says who and why.' })
  async adjustPoints(
    @Arg('input', () => AdjustPointsInput, { description: 'Whose and how many.' }) { userId, ...input }: AdjustPointsInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<AdjustPointsPayloadType> {
    const result = await adjustPoints(deps, { ...input, userExternalId: userId });
    if (!result.ok) return { account: null, userErrors: toUserErrors(result.refusal) };
    return { account: await accountById(deps, result.value.accountId), userErrors: [] };
  }

  @FieldResolver(() => [AccountEntryType], { description: 'Its entries, newest first.' })
  entries(
    @Root() { id }: AccountRecord,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<AccountEntryType[]> {
    return loaders.entriesOfAccount.load({ id, count: first });
  }
}

@Resolver(() => UserType)
export class UserAccountsResolver {
  @FieldResolver(() => [AccountType], { description: 'Their points and the gift cards that were given to them.' })
  accounts(@Root() { id }: UserType, @Ctx() { loaders }: ApiContext): Promise<AccountType[]> {
    return loaders.accountsOfUser.load(id);
  }
}
