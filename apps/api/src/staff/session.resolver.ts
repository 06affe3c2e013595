import { isAllowed, OPERATIONS } from '@promolift/domain';
import { changePassword, findManager, signIn, signOut } from '@promolift/services';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { present } from '../shared/present.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { ChangePasswordInput, SignInPayloadType, SimplePayloadType, ViewerType } from './manager.type.ts';

@Resolver()
export class SessionResolver {
  @Query(() => ViewerType, { nullable: true, description: 'The signed-in manager; null for keys and for nobody.' })
  async me(@Ctx() { deps, principal }: ApiContext): Promise<ViewerType | null> {
    if (principal.kind !== 'manager') return null;
    const manager = await findManager(deps, principal.managerId);
    return manager && { manager, allowedOperations: OPERATIONS.filter((operation) => isAllowed(principal, operation)) };
  }

  @Mutation(() => SignInPayloadType, { description: 'Starts a session of 12 hours. Slowed down after wrong passwords.' })
  async signIn(
    @Arg('email', () => String, { description: 'E-mail address.' }) email: string,
    @Arg('password', () => String, { description: 'Password.' }) password: string,
    @Ctx() { deps, address, signInLimit }: ApiContext,
  ): Promise<SignInPayloadType> {
    await signInLimit.beforeAttempt(email, address);
    const result = await signIn(deps, email, password);
    if (!result.ok) return { userErrors: toUserErrors(result.refusal) };
    await signInLimit.afterSuccess(email);
    return { ...result.value, userErrors: [] };
  }

  @Mutation(() => SimplePayloadType, {
    description: 'Changes your own password and ends your other sessions. Slowed down after wrong passwords, like signing in.',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'Both passwords.' }) input: ChangePasswordInput,
    @Ctx() { deps, principal, sessionId, address, signInLimit }: ApiContext,
  ): Promise<SimplePayloadType> {
    const manager = principal.kind === 'manager' ? await findManager(deps, principal.managerId) : null;
    const { email } = present(manager, 'manager');
    await signInLimit.beforeAttempt(email, address);
    const result = await changePassword(deps, sessionId, input);
    if (!result.ok) return { ok: false, userErrors: toUserErrors(result.refusal) };
    await signInLimit.afterSuccess(email);
    return { ok: true, userErrors: [] };
  }

  @Mutation(() => SimplePayloadType, { description: 'Ends this session.' })
  async signOut(@Ctx() { deps, sessionId }: ApiContext): Promise<SimplePayloadType> {
    await signOut(deps, sessionId);
    return { ok: true, userErrors: [] };
  }
}
