import {
  type CodeReason,
  codeMiss,
  codeText,
  type CodeVariant,
  type EvaluationContext,
  isPrefix,
  normalCode,
  readCode,
} from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import { codeCipher } from './code-cipher.ts';

export type ResolvedCodes = {
  /** What the shopper typed; generated codes in their one written form. */
  codes: string[];
  /** Promotion id → codes that unlock it now. */
  accepted: Record<string, string[]>;
  refused: NonNullable<EvaluationContext['refusedCodes']>;
};

export type CodeRow = {
  batchId: string;
  number: number;
  counter: number;
  campaignId: string;
  /** The batch's promotion in the campaign's version in force; null if that version has none in its place. */
  promotionId: string | null;
  variant: CodeVariant;
  size: number | null;
  prefix: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  useLimit: number;
  /** Row of a code that was used or reserved before. */
  codeId: string | null;
  used: number;
  /** When it was first revoked, alone or in a range. */
  revokedAt: Date | null;
  ownerId: string | null;
  campaign: 'before' | 'live' | 'stopped' | 'over';
};

/** A batch goes on with the promotion in the same place and of the same kind when its campaign is revised before it is live. */
const FIND = `
  select b.id "batchId", b.number, w.counter, b.campaign_id "campaignId", now.id "promotionId", b.variant, b.size, b.prefix, b.starts_at "startsAt", b.ends_at "endsAt",
    b.use_limit "useLimit", c.id "codeId", coalesce(c.used, 0) used,
    least(c.revoked_at, (select min(r.revoked_at) from code_revocations r where r.batch_number = b.number and w.counter between r.first and r.last)) "revokedAt",
    case when b.variant = 'assigned' then (select u.id from users u where u.number = w.counter and u.erased_at is null) end "ownerId",
    case when k.is_killed or k.status = 'paused' then 'stopped' when k.status = 'live' then 'live'
      when k.status in ('rejected', 'ended', 'measured', 'expired') then 'over' else 'before' end campaign
  from unnest($1::int[], $2::bigint[]) w(number, counter)
  join code_batches b on b.number = w.number and w.counter < coalesce(b.size, 9223372036854775807)
  join campaigns k on k.id = b.campaign_id
  join promotions chosen on chosen.id = b.promotion_id
  left join promotions now on now.campaign_id = b.campaign_id and now.version = coalesce(k.live_version, k.current_version)
    and now.position = chosen.position and now.kind = chosen.kind
  left join codes c on c.batch_number = b.number and c.counter = w.counter`;

/** What the database knows of these texts: one statement for all, index look-ups only. Text → its code. Texts that are no code of ours are missing. */
export async function findGeneratedCodes(
  { sql, secrets }: Pick<Deps, 'sql' | 'secrets'>,
  texts: readonly string[],
): Promise<Map<string, CodeRow>> {
  const encrypt = codeCipher(secrets);
  const read = texts.flatMap((text) => {
    const code = readCode(text, encrypt);
    return code ? [{ text, code }] : [];
  });
  if (read.length === 0) return new Map();
  const { rows } = await sql.query<CodeRow>(FIND, [read.map(({ code }) => code.batchNumber), read.map(({ code }) => code.counter)]);
  return new Map(
    read.flatMap(({ text, code }) => {
      const row = rows.find(({ number, counter }) => number === code.batchNumber && counter === code.counter);
      return row && isPrefix(code.prefix, row.prefix) ? [[text, row] as const] : [];
    }),
  );
}

/** A code as it is written, whatever was typed. */
export const writtenCode = (
  { secrets }: Pick<Deps, 'secrets'>,
  { number, counter, prefix }: Pick<CodeRow, 'number' | 'counter' | 'prefix'>,
): string => codeText({ batchNumber: number, counter }, prefix, codeCipher(secrets));

/** Why the code unlocks nothing for this user now; null if it does. `heldUses`: what this shopper has set aside with it. */
export function missOf(row: CodeRow, userId: string | null, now: Date, heldUses = 0): CodeReason | null {
  const { variant, revokedAt, ownerId, startsAt, endsAt } = row;
  const campaign = row.promotionId === null && row.campaign === 'live' ? 'over' : row.campaign;
  const isOwn = ownerId !== null && ownerId === userId;
  return codeMiss(
    { variant, isRevoked: revokedAt !== null, isOwn, startsAt, endsAt, campaign, remainingUses: row.useLimit - row.used + heldUses },
    now,
  );
}

/** Sorts what was typed into codes that unlock a promotion now, ours that do not, and everything else, which is left as it is. */
export async function resolveCodes(
  deps: Pick<Deps, 'sql' | 'secrets'>,
  typed: readonly string[],
  seeker: { userId: string | null; now: Date; heldCodeIds: readonly string[] },
): Promise<ResolvedCodes> {
  const found = typed.length === 0 ? new Map<string, CodeRow>() : await findGeneratedCodes(deps, typed);
  const accepted: Record<string, string[]> = {};
  const refused: Record<string, { promotionId: string | null; reason: CodeReason }> = {};
  const codes = typed.map((text) => {
    const row = found.get(text);
    if (!row) return text;
    const code = normalCode(writtenCode(deps, row));
    const reason = missOf(row, seeker.userId, seeker.now, seeker.heldCodeIds.filter((id) => id === row.codeId).length);
    if (reason) refused[code] = { promotionId: row.promotionId, reason };
    else if (row.promotionId) accepted[row.promotionId] = [...new Set([...(accepted[row.promotionId] ?? []), code])].sort();
    return code;
  });
  return { codes, accepted, refused };
}
