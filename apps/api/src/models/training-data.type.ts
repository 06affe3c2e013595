import type { DataCheck } from '@promolift/domain';
import { Field, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { DateTime } from '../shared/scalars.ts';
import { LocalisedTextType } from '../shared/text.type.ts';

const DataCheckLevelEnum = enumType('DataCheckLevel', 'What a check of the data found.', {
  ok: 'As it was.',
  warning: 'Trained, but worth a look.',
  stop: 'Nothing is trained until somebody says the data are right.',
});

const DataCheckCodeEnum = enumType('DataCheckCode', 'What is checked before a training.', {
  SHRUNK: 'Is half of what was there gone?',
  SCALE: 'Is the middle value of another order of magnitude?',
  MISSING: 'Which part lacks what models need?',
  DRIFT: 'Has the spread of values changed? Population stability index: from 0.1 some, from 0.25 a large shift.',
});

@ObjectType('DataCheck', { description: 'One check of the data before a training.' })
export class DataCheckType {
  @Field(() => DataCheckCodeEnum, { description: 'What is checked.' })
  code!: DataCheck['code'];

  @Field(() => String, { description: 'What it is about, for example orderValue.' })
  subject!: string;

  @Field(() => DataCheckLevelEnum, { description: 'What it found.' })
  level!: DataCheck['level'];

  @Field(() => LocalisedTextType, { description: 'The same in words, with the numbers.' })
  message!: LocalisedTextType;
}

@ObjectType('TrainingData', { description: 'What the last training learned from.' })
export class TrainingDataType {
  @Field(() => DateTime, { description: 'Nothing at or after this was seen.' })
  asOf!: Date;

  @Field(() => Int, { description: 'Users who may be learned from.' })
  users!: number;

  @Field(() => Int, { description: 'Products.' })
  products!: number;

  @Field(() => Int, { description: 'Orders of those users.' })
  orders!: number;

  @Field(() => Int, { description: 'Purchases of products, views and carts of those users.' })
  events!: number;

  @Field(() => [DataCheckType], { description: 'How the data differed from those of the training before; the worst first.' })
  checks!: DataCheckType[];
}
