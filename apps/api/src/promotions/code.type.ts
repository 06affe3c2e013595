import type { CodeBatchRecord, CodeLife } from '@promolift/services';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { DateTime } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';

export const CodeVariantEnum = enumType('CodeVariant', 'Who may use the codes of a batch.', {
  open: 'Whoever has one.',
  assigned: 'Each user has one, which nobody else can use.',
});

@ObjectType('CodeRange', { description: 'Codes of a batch by their place in it, both ends included.' })
export class CodeRangeType {
  @Field(() => Int, { description: 'First place.' })
  first!: number;

  @Field(() => Int, { description: 'Last place.' })
  last!: number;
}

@ObjectType('CodeBatch', { description: 'Codes that were made together; the codes themselves are computed, not stored.' })
export class CodeBatchType implements Omit<CodeBatchRecord, 'revoked'> {
  @Field(() => ID, { description: 'UUID of the batch.' })
  id!: string;

  @Field(() => ID, { description: 'Id of the promotion that its codes unlock.' })
  promotionId!: string;

  @Field(() => CodeVariantEnum, { description: 'Who may use its codes.' })
  variant!: keyof typeof CodeVariantEnum;

  @Field(() => Int, { nullable: true, description: 'How many codes it has; null: one for every user.' })
  size!: number | null;

  @Field(() => Int, { description: 'How often each code may be used.' })
  useLimit!: number;

  @Field(() => String, { nullable: true, description: 'What stands before each code.' })
  prefix!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'First instant of its codes; null: with the campaign.' })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'First instant at which its codes are over; null: with the campaign.' })
  endsAt!: Date | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => Int, { description: 'Uses of all its codes so far, reserved ones included.' })
  used!: number;

  @Field(() => [CodeRangeType], { description: 'Codes of an open batch that no longer work; ranges may overlap.' })
  revokedRanges!: CodeRangeType[];

  @Field(() => Int, { description: 'How often codes of it were revoked, one or many at a time.' })
  revocationCount!: number;

  number!: number;
  campaignId!: string;
}

@ObjectType('Code', { description: 'The life of one code.' })
export class CodeType implements Pick<CodeLife, 'code' | 'reason' | 'used' | 'useLimit' | 'revokedAt' | 'redemptions'> {
  @Field(() => String, { description: 'The code as it is written.' })
  code!: string;

  @Field(() => ID, { nullable: true, description: 'Its batch; null for a code that stands in a rule.' })
  batchId!: string | null;

  @Field(() => Int, { nullable: true, description: 'Its place in an open batch, from 0, for revoking ranges.' })
  place!: number | null;

  @Field(() => Boolean, { description: 'Could its owner, or anybody if it has none, use it now?' })
  isUsable!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Stable code of the one reason why nobody can use it now, for example CODE_USED_UP.',
  })
  reason!: CodeLife['reason'];

  @Field(() => Int, { description: 'Uses so far, reserved ones included.' })
  used!: number;

  @Field(() => Int, { nullable: true, description: 'Most uses; null is no limit of its own.' })
  useLimit!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was withdrawn, alone, in a range or with its batch.' })
  revokedAt!: Date | null;

  redemptions!: CodeLife['redemptions'];
  campaignId!: string;
  userId!: string | null;
}

@ObjectType('CodeExport', { description: 'Where a manager downloads the codes of a batch.' })
export class CodeExportType {
  @Field(() => String, { description: 'Path of the CSV on this API, for GET with the same session; `?after=` goes on after that place.' })
  path!: string;

  @Field(() => Int, { description: 'Lines it will have, the header not counted.' })
  total!: number;
}

@InputType('CreateCodeBatchInput', { description: 'Codes to be made.' })
export class CreateCodeBatchInput {
  @Field(() => String, { description: 'Your own key for this request; sent again, it gives the same answer again.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'Id of the campaign.' })
  campaignId!: string;

  @Field(() => ID, { description: 'Id of one of its promotions: a coupon, or one with needsCode.' })
  promotionId!: string;

  @Field(() => CodeVariantEnum, { nullable: true, defaultValue: 'open', description: 'Who may use the codes; open if not said.' })
  variant?: keyof typeof CodeVariantEnum | null;

  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100,000,000; an assigned batch has none.' })
  size?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 1, description: 'How often each may be used, 1 if not said.' })
  useLimit?: number | null;

  @Field(() => String, { nullable: true, description: 'Up to 20 letters and digits that stand before each code.' })
  prefix?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'First instant; none: with the campaign.' })
  startsAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'First instant at which they are over; none: with the campaign.' })
  endsAt?: Date | null;
}

@InputType('RevokeCodesInput', {
  description: 'Either one `code`, or a `batchId` with `first` and `last`, or a `batchId` with `isWholeBatch`. For ever.',
})
export class RevokeCodesInput {
  @Field(() => String, { nullable: true, description: 'One code, as somebody typed it.' })
  code?: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of the batch.' })
  batchId?: string | null;

  @Field(() => Int, { nullable: true, description: 'First place in the batch, from 0.' })
  first?: number | null;

  @Field(() => Int, { nullable: true, description: 'Last place in the batch, included.' })
  last?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'All codes of the batch.' })
  isWholeBatch?: boolean | null;
}

@ObjectType('CodeBatchPayload', { description: 'Answer of mutations on codes.' })
export class CodeBatchPayloadType {
  @Field(() => CodeBatchType, { nullable: true, description: 'The batch as it is now; null when it was refused.' })
  batch!: CodeBatchType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}
