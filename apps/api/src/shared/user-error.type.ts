import type { Refusal } from '@promolift/domain';
import { Field, InterfaceType, ObjectType } from 'type-graphql';

@InterfaceType('UserError', {
  description: 'Why a request was refused, in words for the person who asked.',
  resolveType: () => 'SimpleUserError',
})
export abstract class UserErrorType {
  @Field(() => String, { description: 'What happened and what to do, one sentence.' })
  message!: string;

  @Field(() => [String], { nullable: true, description: 'Path of the input field that caused it.' })
  field?: string[] | null;

  @Field(() => String, { description: 'Stable code, for example CONFLICT or BELOW_FLOOR.' })
  code!: string;
}

@ObjectType('SimpleUserError', { implements: UserErrorType, description: 'A refusal without further data.' })
export class SimpleUserErrorType extends UserErrorType {}

/** `already-decided` → `ALREADY_DECIDED`. */
const refusalCode = (kind: string): string => kind.replaceAll('-', '_').toUpperCase();

/** A domain refusal as the one entry of a payload's `userErrors`. */
export function toUserErrors(refusal: Refusal): SimpleUserErrorType[] {
  return [{ message: refusal.message, field: refusal.field ? [...refusal.field] : null, code: refusalCode(refusal.kind) }];
}
