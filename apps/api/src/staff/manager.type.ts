import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { NodeType } from '../shared/node.type.ts';
import { DateTime } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';

export const ManagerRoleEnum = enumType('ManagerRole', 'What a manager may do; each role may do what the ones before it may.', {
  viewer: 'Reads.',
  analyst: 'Drafts campaigns, imports data, trains models.',
  approver: 'Decides on campaigns of others and stops them.',
  admin: 'Sets up the shop: settings, managers, keys, erasure.',
});

@ObjectType('Manager', { implements: NodeType, description: 'A person with a backoffice account.' })
export class ManagerType extends NodeType {
  @Field(() => String, { description: 'E-mail address, lower case.' })
  email!: string;

  @Field(() => String, { description: 'Name as shown.' })
  name!: string;

  @Field(() => ManagerRoleEnum, { description: 'What they may do.' })
  role!: keyof typeof ManagerRoleEnum;

  @Field(() => String, { description: 'Language of their screens: en or zh.' })
  locale!: string;

  @Field(() => DateTime, { description: 'When the account was made.' })
  createdAt!: Date;
}

@ObjectType('Viewer', { description: 'Who is signed in.' })
export class ViewerType {
  @Field(() => ManagerType, { description: 'The account.' })
  manager!: ManagerType;

  @Field(() => [String], { description: 'Names of the root fields this account may use.' })
  allowedOperations!: string[];
}

@ObjectType('SignInPayload', { description: 'Answer of signIn.' })
export class SignInPayloadType {
  @Field(() => String, { nullable: true, description: 'Send it as `Authorization: Bearer`. Shown once.' })
  token?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the token stops working.' })
  expiresAt?: Date | null;

  @Field(() => ManagerType, { nullable: true, description: 'Who signed in.' })
  manager?: ManagerType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

@ObjectType('SimplePayload', { description: 'Answer of mutations without a result of their own.' })
export class SimplePayloadType {
  @Field(() => Boolean, { description: 'Was it done?' })
  ok!: boolean;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

@ObjectType('ManagerPayload', { description: 'Answer of mutations on managers.' })
export class ManagerPayloadType {
  @Field(() => ManagerType, { nullable: true, description: 'The manager; null when it was refused.' })
  manager?: ManagerType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

@InputType('CreateManagerInput', { description: 'A new account.' })
export class CreateManagerInput {
  @Field(() => String, { description: 'E-mail address; unique.' })
  email!: string;

  @Field(() => String, { description: 'Name as shown, at most 120 characters.' })
  name!: string;

  @Field(() => String, { description: 'At least 12 characters.' })
  password!: string;

  @Field(() => ManagerRoleEnum, { description: 'What they may do.' })
  role!: keyof typeof ManagerRoleEnum;
}

@InputType('ChangePasswordInput', { description: 'A change of your own password.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password so far.' })
  currentPassword!: string;

  @Field(() => String, { description: 'The new one, 12 to 200 characters.' })
  newPassword!: string;
}

@InputType('UpdateManagerInput', { description: 'Changes of an account; what is left out stays.' })
export class UpdateManagerInput {
  @Field(() => ID, { description: 'Id of the manager.' })
  id!: string;

  @Field(() => ManagerRoleEnum, { nullable: true, description: 'New role; counts at the next request.' })
  role?: keyof typeof ManagerRoleEnum | null;

  @Field(() => Boolean, { nullable: true, description: 'True ends every session and refuses new ones.' })
  isDisabled?: boolean | null;

  @Field(() => String, { nullable: true, description: 'en or zh.' })
  locale?: string | null;

  @Field(() => String, { nullable: true, description: 'Name as shown.' })
  name?: string | null;
}
