import { patientPool } from '@promolift/db';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import { decryptPersonal } from '../shared/personal.ts';
import { readBirthday } from './birthday.ts';
import { flushDecisions } from '../shared/record-decision.ts';

/** Everything kept about one user, as JSON; null for nobody. The export itself is an audit entry. */
export async function exportUser(deps: Deps, externalId: string): Promise<Record<string, unknown> | null> {
  await flushDecisions(deps);
  const sql = patientPool(deps.sql);
  const {
    rows: [user],
  } = await sql.query<{
    id: string;
    personal_encrypted: Buffer | null;
    birthday_encrypted: Buffer | null;
    created_at: Date;
    has_consent: boolean;
    attributes: object;
    pseudonym: string;
  }>(
    'select id, personal_encrypted, birthday_encrypted, created_at, has_consent, attributes, pseudonym from users where external_id = $1 and erased_at is null',
    [externalId],
  );
  if (!user) return null;
  const all = async (text: string): Promise<unknown[]> => (await sql.query<object>(text, [user.id])).rows;
  const [profile, segments, orders, returns, events, decisions, redemptions, accounts] = await Promise.all([
    all('select as_of, recency_days, frequency, monetary_minor, tags, propensities, churn_risk from user_profiles where user_id = $1'),
    all(
      'select s.key, s.name, m.valid_from, m.valid_to from segment_members m join segments s on s.id = m.segment_id where m.user_id = $1 order by m.valid_from',
    ),
    all(`select o.external_id, o.placed_at, o.status, o.currency, o.total_minor, o.discount_minor, o.channel, o.country,
           (select jsonb_agg(jsonb_build_object('sku', p.sku, 'quantity', l.quantity, 'unitPriceMinor', l.unit_price_minor, 'discountMinor', l.discount_minor) order by l.line_number)
            from order_lines l join products p on p.id = l.product_id where l.order_id = o.id) lines from orders o where o.user_id = $1 order by o.placed_at`),
    all(
      'select r.external_id, p.sku, r.quantity, r.refund_minor, r.currency, r.returned_at from returns r join products p on p.id = r.product_id where r.user_id = $1 order by r.returned_at',
    ),
    all(
      'select e.occurred_at, e.type, p.sku, e.quantity, e.value_minor, e.currency, e.rating, e.query from events e left join products p on p.id = e.product_id where e.user_id = $1 order by e.occurred_at',
    ),
    all('select decided_at, kind, policy, probability, offers, result from decisions where user_id = $1 order by decided_at'),
    all(
      'select campaign_id, order_external_id, status, amount_minor, refunded_minor, currency, reserved_at, committed_at from redemptions where user_id = $1 order by reserved_at',
    ),
    all(`select a.kind, a.currency, a.balance, a.pending, a.expires_at, a.created_at,
           (select jsonb_agg(jsonb_build_object('kind', e.kind, 'available', e.available, 'pending', e.pending, 'at', e.at) order by e.at, e.id)
            from account_entries e where e.account_id = a.id) entries from accounts a where a.user_id = $1 order by a.created_at`),
  ]);
  await appendAudit(deps, { action: 'user.exported', subjectKind: 'user', subjectId: user.id });
  return {
    externalId,
    pseudonym: user.pseudonym,
    createdAt: user.created_at,
    hasConsent: user.has_consent,
    attributes: user.attributes,
    email: user.personal_encrypted ? decryptPersonal(deps.secrets, user.personal_encrypted) : null,
    birthday: readBirthday(deps.secrets, user.birthday_encrypted),
    profile: profile[0] ?? null,
    segments,
    orders,
    returns,
    events,
    decisions,
    redemptions,
    accounts,
  };
}
