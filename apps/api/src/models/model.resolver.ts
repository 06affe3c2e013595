import type { Model } from '@promolift/db';
import type { Result } from '@promolift/domain';
import { findModel, lastTrainingData, listModels, promoteModel, rollbackModel } from '@promolift/services';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { Json } from '../shared/scalars.ts';
import { textOf } from '../shared/text.type.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { ModelPayloadType, ModelType } from './model.type.ts';
import { TrainingDataType } from './training-data.type.ts';

@Resolver(() => ModelType)
export class ModelResolver {
  @Query(() => [ModelType], { description: 'Trained models by kind, newest version first.' })
  models(@Ctx() { deps }: ApiContext): Promise<ModelType[]> {
    return listModels(deps);
  }

  @Query(() => ModelType, { nullable: true, description: 'One model.' })
  model(@Arg('id', () => ID, { description: 'Id of the model.' }) id: string, @Ctx() { deps }: ApiContext): Promise<ModelType | null> {
    return findModel(deps, requireUuid(id));
  }

  @Query(() => TrainingDataType, {
    nullable: true,
    description: 'What the last training learned from, and how that differed from the training before; null before the first.',
  })
  async trainingData(@Ctx() { deps }: ApiContext): Promise<TrainingDataType | null> {
    const found = await lastTrainingData(deps);
    if (!found) return null;
    const { asOf, users, products, orders, events } = found.profile;
    const checks = found.checks.map(({ message, ...check }) => ({ ...check, message: textOf(message) }));
    return { asOf: new Date(asOf), users, products, orders, events, checks };
  }

  @Mutation(() => ModelPayloadType, { description: 'Makes a model that passed its gate the one that serves.' })
  async promoteModel(
    @Arg('id', () => ID, { description: 'Id of the model.' }) id: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<ModelPayloadType> {
    return toPayload(await promoteModel(deps, requireUuid(id)));
  }

  @Mutation(() => ModelPayloadType, { description: 'Puts the champion before the present one back.' })
  async rollbackModel(
    @Arg('kind', () => String, { description: 'Kind of model.' }) kind: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<ModelPayloadType> {
    return toPayload(await rollbackModel(deps, kind));
  }

  @FieldResolver(() => String, { description: 'Seed of its chance; the same seed and data give the same bytes.' })
  seed(@Root() model: Model): string {
    return String(model.seed);
  }

  @FieldResolver(() => Json, { description: 'The checks it had to pass to serve.' })
  gate(@Root() model: Model): unknown {
    return model.gate ?? {};
  }
}

function toPayload(result: Result<Model>): ModelPayloadType {
  return result.ok ? { model: result.value, userErrors: [] } : { model: null, userErrors: toUserErrors(result.refusal) };
}
