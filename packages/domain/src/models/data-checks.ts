import { z } from 'zod';
import { LocalizedText } from '../shared/text.ts';

/** One feature of the data: how it is spread now, and by which edges the next training will count it again. */
const FeatureProfile = z.object({ edges: z.array(z.number()), counts: z.array(z.number()), median: z.number().nullable() });

/** What a training saw, small enough to keep: the next one is compared with it. */
export const DataProfile = z.object({
  asOf: z.iso.datetime(),
  users: z.number().int(),
  products: z.number().int(),
  orders: z.number().int(),
  events: z.number().int(),
  /** Parts, 0 to 1, by what is missing. */
  missing: z.record(z.string(), z.number()),
  features: z.record(z.string(), FeatureProfile),
});
export type DataProfile = z.infer<typeof DataProfile>;

/** What checks are about, as people read it. */
const SUBJECTS = {
  users: { en: 'users', zh: '用户' },
  products: { en: 'products', zh: '商品' },
  orders: { en: 'orders', zh: '订单' },
  orderValue: { en: 'order value in minor units', zh: '订单金额（最小货币单位）' },
  unitPrice: { en: 'unit price in minor units', zh: '单价（最小货币单位）' },
  eventsPerUser: { en: 'events per user', zh: '每用户事件数' },
  categories: { en: 'mix of categories', zh: '品类构成' },
  ordersWithoutUser: { en: 'orders without a user who may be learned from', zh: '没有可供学习用户的订单' },
  productsWithoutCost: { en: 'products without a cost', zh: '没有成本的商品' },
  productsWithoutCategory: { en: 'products without a category', zh: '没有品类的商品' },
} as const satisfies Record<string, LocalizedText>;
export type DataSubject = keyof typeof SUBJECTS;
const isSubject = (name: string): name is DataSubject => Object.hasOwn(SUBJECTS, name);
/** Subjects a profile of an older version may still name are left out. */
const subjectsOf = <T>(record: Readonly<Record<string, T>>): [DataSubject, T][] =>
  Object.entries(record).filter((entry): entry is [DataSubject, T] => isSubject(entry[0]));

export const DataCheck = z.object({
  code: z.enum(['SHRUNK', 'SCALE', 'MISSING', 'DRIFT']),
  subject: z.custom<DataSubject>((name) => typeof name === 'string' && isSubject(name)),
  /** `stop`: nothing is trained until somebody says the data are right; `warning`: trained and shown. */
  level: z.enum(['ok', 'warning', 'stop']),
  message: LocalizedText,
});
export type DataCheck = z.infer<typeof DataCheck>;

/** A currency sent in another unit, or one shop's export imported into another's: a change that no season makes. */
const SCALE_STOP = 8;
const SHRUNK_STOP = 0.5;
const MISSING_WARNING = 0.5;
const MISSING_RISE = 0.2;
const SHIFT = 0.1;
const LARGE_SHIFT = 0.25;

const percent = (share: number): string => `${Math.round(100 * share)}%`;

/**
 * Checks made before anything is trained. `shifts`: population stability index by feature against the last training, empty
 * without one. A `stop` protects the models in service: they stay until somebody looks.
 */
export function checkData(now: DataProfile, before: DataProfile | null, shifts: Readonly<Record<string, number>>): DataCheck[] {
  return [
    ...(before ? [...shrunk(now, before), ...scaled(now, before)] : []),
    ...missing(now, before),
    ...subjectsOf(shifts).map(([subject, index]) => drift(subject, index)),
  ];
}

function shrunk(now: DataProfile, before: DataProfile): DataCheck[] {
  return (['orders', 'products', 'users'] as const).map((subject) => ({
    code: 'SHRUNK',
    subject,
    level: now[subject] < SHRUNK_STOP * before[subject] ? 'stop' : 'ok',
    message: {
      en: `${now[subject]} ${SUBJECTS[subject].en}, ${before[subject]} at the last training`,
      zh: `${SUBJECTS[subject].zh}：现为 ${now[subject]}，上次训练时为 ${before[subject]}`,
    },
  }));
}

function scaled(now: DataProfile, before: DataProfile): DataCheck[] {
  return subjectsOf(now.features).flatMap(([subject, { median }]): DataCheck[] => {
    const old = before.features[subject]?.median ?? null;
    if (median === null || old === null || median <= 0 || old <= 0) return [];
    const ratio = median / old;
    return [
      {
        code: 'SCALE',
        subject,
        level: ratio >= SCALE_STOP || ratio <= 1 / SCALE_STOP ? 'stop' : 'ok',
        message: {
          en: `Middle ${SUBJECTS[subject].en} is ${median}, ${old} at the last training`,
          zh: `${SUBJECTS[subject].zh}中位数为 ${median}，上次训练时为 ${old}`,
        },
      },
    ];
  });
}

function missing(now: DataProfile, before: DataProfile | null): DataCheck[] {
  return subjectsOf(now.missing).map(([subject, share]) => {
    const old = before?.missing[subject];
    const isRisen = old !== undefined && share > old + MISSING_RISE;
    return {
      code: 'MISSING',
      subject,
      level: share > MISSING_WARNING || isRisen ? 'warning' : 'ok',
      message: {
        en: `${percent(share)} ${SUBJECTS[subject].en}${old === undefined ? '' : `, ${percent(old)} at the last training`}`,
        zh: `${SUBJECTS[subject].zh}占 ${percent(share)}${old === undefined ? '' : `，上次训练时为 ${percent(old)}`}`,
      },
    };
  });
}

const drift = (subject: DataSubject, index: number): DataCheck => ({
  code: 'DRIFT',
  subject,
  level: index >= LARGE_SHIFT ? 'warning' : 'ok',
  message: {
    en: `Shift of ${SUBJECTS[subject].en}: ${index.toFixed(2)} (${index >= LARGE_SHIFT ? 'large' : index >= SHIFT ? 'some' : 'little'})`,
    zh: `${SUBJECTS[subject].zh}：偏移 ${index.toFixed(2)}（${index >= LARGE_SHIFT ? '大' : index >= SHIFT ? '中' : '小'}）`,
  },
});
