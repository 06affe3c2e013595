import { AppError, type Refusal, type Result } from '@promolift/domain';
import {
  type CodeBatchRecord,
  countCodes,
  createCodeBatch,
  type Deps,
  findCodeBatch,
  lookUpCode,
  revokeCodes,
  type RevokeTarget,
} from '@promolift/services';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { UserType } from '../users/user.type.ts';
import { CodeBatchPayloadType, CodeBatchType, CodeExportType, CodeType, CreateCodeBatchInput, RevokeCodesInput } from './code.type.ts';
import { RedemptionType } from './redemption.type.ts';

const codesPath = (batchId: string): string => `/code-batches/${batchId}/codes.csv`;

@Resolver(() => CodeType)
export class CodeResolver {
  @Query(() => CodeType, {
    nullable: true,
    description: 'The whole life of one code, in any form that people type; null if it is none of ours.',
  })
  async code(
    @Arg('text', () => String, { description: 'The code as somebody typed it, at most 100 characters.' }) text: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<CodeType | null> {
    const life = await lookUpCode(deps, requireCodeText(text));
    return life && { ...life, place: life.counter, isUsable: life.reason === null };
  }

  @Query(() => CodeExportType, { description: 'Where the codes of a batch are downloaded; each download is kept in the audit log.' })
  async exportCodes(
    @Arg('batchId', () => ID, { description: 'Id of the batch.' }) batchId: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<CodeExportType> {
    const batch = await findCodeBatch(deps, requireUuid(batchId, 'batchId'));
    if (!batch) throw new AppError('NOT_FOUND', 'There is no such batch.', { field: ['batchId'] });
    return { path: codesPath(batch.id), total: await countCodes(deps, batch) };
  }

  @Mutation(() => CodeBatchPayloadType, { description: 'Makes codes for a promotion: one row, however many they are.' })
  async createCodeBatch(
    @Arg('input', () => CreateCodeBatchInput, { description: 'What to make.' }) input: CreateCodeBatchInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CodeBatchPayloadType> {
    const { idempotencyKey, campaignId, promotionId, variant, size, useLimit, prefix, startsAt, endsAt } = input;
    const batch = { variant: variant ?? 'open', size: size ?? null, useLimit: useLimit ?? 1, prefix: prefix ?? null, startsAt, endsAt };
    return toPayload(
      deps,
      await createCodeBatch(deps, {
        idempotencyKey,
        campaignId: requireUuid(campaignId, 'campaignId'),
        promotionId: requireUuid(promotionId, 'promotionId'),
        batch,
      }),
    );
  }

  @Mutation(() => CodeBatchPayloadType, {
    description: 'Makes codes useless from the next request on, whether somebody has used them or not.',
  })
  async revokeCodes(
    @Arg('input', () => RevokeCodesInput, { description: 'Which.' }) input: RevokeCodesInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CodeBatchPayloadType> {
    return toPayload(deps, await revokeCodes(deps, targetOf(input)));
  }

  @FieldResolver(() => [RedemptionType], { description: 'What it was used for, newest first, at most 100.' })
  redemptions(@Root() { redemptions }: CodeType): RedemptionType[] {
    return redemptions;
  }

  @FieldResolver(() => CodeBatchType, { nullable: true, description: 'Its batch; null for a code that stands in a rule.' })
  async batch(@Root() { batchId }: CodeType, @Ctx() { deps }: ApiContext): Promise<CodeBatchType | null> {
    const found = batchId ? await findCodeBatch(deps, batchId) : null;
    return found && toCodeBatch(found);
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'Whose it is; null: whoever has it.' })
  user(@Root() { userId }: CodeType, @Ctx() { loaders }: ApiContext): Promise<UserType | null> | null {
    return userId ? loaders.user.load(userId) : null;
  }
}

const MAX_CODE_CHARACTERS = 100;

function requireCodeText(text: string): string {
  if (text.length <= MAX_CODE_CHARACTERS) return text;
  throw new AppError('BAD_USER_INPUT', `A code has at most ${MAX_CODE_CHARACTERS} characters.`, { field: ['text'] });
}

/** Exactly one way to say which: a forgotten field must not revoke more than was meant. */
function targetOf({ code, batchId, first, last, isWholeBatch }: RevokeCodesInput): RevokeTarget {
  const hasRange = first != null && last != null;
  if (code != null && batchId == null && first == null && last == null && !isWholeBatch)
    return { kind: 'code', text: requireCodeText(code) };
  if (code == null && batchId != null && hasRange && !isWholeBatch)
    return { kind: 'range', batchId: requireUuid(batchId, 'batchId'), first, last };
  if (code == null && batchId != null && first == null && last == null && isWholeBatch)
    return { kind: 'batch', batchId: requireUuid(batchId, 'batchId') };
  throw new AppError('BAD_USER_INPUT', 'Give one code, or a batch with first and last, or a batch with isWholeBatch.', {
    field: ['input'],
  });
}

export const toCodeBatch = ({ revoked, ...batch }: CodeBatchRecord): CodeBatchType => ({
  ...batch,
  revokedRanges: batch.variant === 'open' ? revoked : [],
  revocationCount: revoked.length,
});

async function toPayload(deps: Deps, result: Result<{ batchId: string }, Refusal>): Promise<CodeBatchPayloadType> {
  if (!result.ok) return { batch: null, userErrors: toUserErrors(result.refusal) };
  const batch = await findCodeBatch(deps, result.value.batchId);
  return { batch: batch && toCodeBatch(batch), userErrors: [] };
}
