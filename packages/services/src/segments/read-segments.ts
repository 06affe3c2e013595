import type { Deps } from '../shared/deps.ts';
import type { StoredPortrait } from './segment-portrait.ts';

type Reading = Pick<Deps, 'sql'>;

export type SegmentRecord = {
  id: string;
  key: string;
  name: { en: string; zh: string };
  kind: 'model' | 'rule';
  definition: Record<string, unknown>;
  size: number;
  valueShare: number;
  portrait: StoredPortrait;
  modelId: string | null;
  createdAt: Date;
};

const COLUMNS = `s.id, s.key, s.name, s.kind, s.definition, s.size, s.portrait, s.model_id "modelId", s.created_at "createdAt"`;
const EMPTY: StoredPortrait = {
  medianRecencyDays: null,
  averageOrders: 0,
  averageRevenueMinor: 0,
  topInterests: [],
  sentence: { en: '', zh: '' },
  valueShare: 0,
};

type Row = Omit<SegmentRecord, 'valueShare' | 'portrait'> & { portrait: Partial<StoredPortrait> };
const toRecord = (row: Row): SegmentRecord => {
  const portrait = { ...EMPTY, ...row.portrait };
  return { ...row, portrait, valueShare: portrait.valueShare };
};

/** Segments in use, those of the model first, then largest first. */
export async function listSegments({ sql }: Reading): Promise<SegmentRecord[]> {
  return (
    await sql.query<Row>(`select ${COLUMNS} from segments s where s.retired_at is null order by s.kind, s.size desc, s.key`)
  ).rows.map(toRecord);
}

export async function segmentsByKeys({ sql }: Reading, keys: readonly string[]): Promise<SegmentRecord[]> {
  return (await sql.query<Row>(`select ${COLUMNS} from segments s where s.key = any($1)`, [keys])).rows.map(toRecord);
}

export async function segmentsByIds({ sql }: Reading, ids: readonly string[]): Promise<SegmentRecord[]> {
  return (await sql.query<Row>(`select ${COLUMNS} from segments s where s.id = any($1::uuid[])`, [ids])).rows.map(toRecord);
}

/** Segments each user is in now; `userId` says whose. */
export async function segmentsOfUsers({ sql }: Reading, userIds: readonly string[]): Promise<(SegmentRecord & { userId: string })[]> {
  const { rows } = await sql.query<Row & { userId: string }>(
    `select m.user_id "userId", ${COLUMNS} from segment_members m join segments s on s.id = m.segment_id and s.retired_at is null
     where m.user_id = any($1::uuid[]) and m.valid_to is null order by s.kind, s.key`,
    [userIds],
  );
  return rows.map((row) => ({ ...toRecord(row), userId: row.userId }));
}

/** At most `first` members of each segment, those who spent most first. */
export async function exampleUsersOf(
  { sql }: Reading,
  segmentIds: readonly string[],
  first: number,
): Promise<{ segmentId: string; userId: string }[]> {
  const { rows } = await sql.query<{ segmentId: string; userId: string }>(
    `select "segmentId", "userId" from (
       select m.segment_id "segmentId", m.user_id "userId", row_number() over (partition by m.segment_id order by p.monetary_minor desc nulls last, m.user_id) place
       from segment_members m left join user_profiles p on p.user_id = m.user_id where m.segment_id = any($1::uuid[]) and m.valid_to is null) ranked
     where place <= $2 order by "segmentId", place`,
    [segmentIds, first],
  );
  return rows;
}
