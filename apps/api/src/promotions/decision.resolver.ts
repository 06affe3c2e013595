import { decisionSteps, findDecision, isReplayIdentical, whyNotPromotion } from '@promolift/services';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { textOf } from '../shared/text.type.ts';
import { UserType } from '../users/user.type.ts';
import { DecisionStepType, DecisionType } from './decision.type.ts';

@Resolver(() => DecisionType)
export class DecisionResolver {
  @Query(() => DecisionType, { nullable: true, description: 'One decision with its reasons, decided again.' })
  explainDecision(
    @Arg('id', () => ID, { description: 'Id of the decision.' }) id: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<DecisionType | null> {
    return findDecision(deps, requireUuid(id));
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'The shopper; null for anonymous ones.' })
  user(@Root() { userId }: DecisionType, @Ctx() { loaders }: ApiContext): Promise<UserType | null> | null {
    return userId ? loaders.user.load(userId) : null;
  }

  @FieldResolver(() => Boolean, {
    description:
      'Does deciding again from the stored input give the stored answer? False for recommendations, which cannot be decided again.',
  })
  isReplayIdentical(@Root() decision: DecisionType, @Ctx() { deps }: ApiContext): boolean {
    return isReplayIdentical(decision, deps.secrets);
  }

  @FieldResolver(() => [DecisionStepType], { description: 'Each candidate and what became of it.' })
  steps(@Root() decision: DecisionType): DecisionStepType[] {
    return decisionSteps(decision).map((step) => ({ ...step, label: textOf(step.label) }));
  }

  @FieldResolver(() => DecisionStepType, {
    nullable: true,
    description: 'What became of one promotion, also of one that was no candidate; null if there is none with this id.',
  })
  async whyNot(
    @Root() decision: DecisionType,
    @Arg('promotionId', () => ID, { description: 'Id of the promotion.' }) promotionId: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<DecisionStepType | null> {
    const step = await whyNotPromotion(deps, decision, requireUuid(promotionId));
    return step && { ...step, label: textOf(step.label) };
  }
}

@Resolver(() => UserType)
export class UserDecisionsResolver {
  @FieldResolver(() => [DecisionType], { description: 'What was decided about them, newest first.' })
  decisions(
    @Root() { id }: UserType,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<DecisionType[]> {
    return loaders.decisionsOfUser.load({ id, count: first });
  }
}
