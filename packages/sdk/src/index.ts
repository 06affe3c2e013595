export type {
  CartInput,
  EvaluationPartsFragment as CartEvaluation,
  EventInput,
  MoneyPartsFragment as Money,
  OffersQuery,
  OrderPartsFragment as Order,
  NoticePartsFragment as PriceNotice,
  ProductSort,
  ShelfProductPartsFragment as Product,
  TextPartsFragment as LocalisedText,
} from '../generated/graphql.ts';
export { createPromolift, type Promolift, type Recommendations } from './create-promolift.ts';
export { orThrow, PromoliftError, type UserError } from './promolift-error.ts';
export type { PromoliftOptions, QueryRecord } from './transport.ts';
