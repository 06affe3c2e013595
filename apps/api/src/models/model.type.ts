import { Field, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { NodeType } from '../shared/node.type.ts';
import { DateTime, Json } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';

export const ModelStatusEnum = enumType('ModelStatus', 'What a trained model is for.', {
  candidate: 'Passed training, does not serve.',
  champion: 'Serves.',
  retired: 'Served once; kept for rollback.',
  refused: 'Did not pass its gate.',
});

@ObjectType('Model', { implements: NodeType, description: 'One trained version of an algorithm.' })
export class ModelType extends NodeType {
  @Field(() => String, { description: 'What it predicts, for example recommendation or demand.' })
  kind!: string;

  @Field(() => Int, { description: 'Counts up within its kind.' })
  version!: number;

  @Field(() => ModelStatusEnum, { description: 'What it is for.' })
  status!: keyof typeof ModelStatusEnum;

  @Field(() => String, { description: 'Name of the algorithm.' })
  algorithm!: string;

  @Field(() => String, { nullable: true, description: 'What computed it, for TensorFlow models.' })
  backend?: string | null;

  @Field(() => Json, { description: 'Metrics on the held-back weeks.' })
  metrics!: unknown;

  @Field(() => Json, { description: 'The same metrics of the simple baseline.' })
  baseline!: unknown;

  @Field(() => DateTime, { nullable: true, description: 'Start of the data it learnt from.' })
  dataFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'End of the data it learnt from.' })
  dataTo?: Date | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of its bytes.' })
  artefactHash?: string | null;

  @Field(() => DateTime, { description: 'When it was trained.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it became champion.' })
  promotedAt?: Date | null;
}

@ObjectType('ModelPayload', { description: 'Answer of mutations that change which model serves.' })
export class ModelPayloadType {
  @Field(() => ModelType, { nullable: true, description: 'The model that serves now; null when it was refused.' })
  model?: ModelType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}
