import { runSql } from '@promolift/db';
import { accept, type Refusal, refuse, type Result } from '@promolift/domain';
import { z } from 'zod';
import { appendAudit } from '../shared/audit.ts';
import type { Deps, Secrets } from '../shared/deps.ts';
import { decryptPersonal, encryptPersonal } from '../shared/personal.ts';

export type Birthday = { month: number; day: number };
export type BirthdayRefusal = Refusal & { kind: 'INVALID_BIRTHDAY' | 'UNKNOWN_USER' };

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `02-29`: month and day; the year is never kept. */
const MonthDay = z
  .string()
  .regex(/^\d{2}-\d{2}$/)
  .transform((text) => ({ month: Number(text.slice(0, 2)), day: Number(text.slice(3)) }))
  .refine(({ month, day }) => day >= 1 && day <= (LONGEST_MONTHS[month - 1] ?? 0));

/** Keeps a shopper's birthday, encrypted like every personal field; null forgets it. */
export async function setBirthday(
  deps: Deps,
  { userExternalId, birthday }: { userExternalId: string; birthday: string | null },
): Promise<Result<{ userId: string }, BirthdayRefusal>> {
  if (birthday !== null && !MonthDay.safeParse(birthday).success)
    return refuse({ kind: 'INVALID_BIRTHDAY', message: 'A birthday is a month and a day, as in 02-29.', field: ['birthday'] });
  return deps.em.transactional(async (em) => {
    const [user] = await runSql<{ id: string }>(
      em,
      'update users set birthday_encrypted = $2 where external_id = $1 and erased_at is null returning id',
      [userExternalId, birthday === null ? null : encryptPersonal(deps.secrets, birthday)],
    );
    if (!user) return refuse({ kind: 'UNKNOWN_USER', message: 'There is no such user.', field: ['userId'] });
    await appendAudit({ em, actor: deps.actor }, { action: 'user.birthday_set', subjectKind: 'user', subjectId: user.id });
    return accept({ userId: user.id });
  });
}

/** A kept birthday; null where there is none. Throws where the bytes are not ours. */
export const readBirthday = (secrets: Pick<Secrets, 'encryptionKey'>, sealed: Uint8Array | null): Birthday | null =>
  sealed === null ? null : MonthDay.parse(decryptPersonal(secrets, sealed));
