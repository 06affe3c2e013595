import {
  campaignsByIds,
  categoriesByIds,
  findImport,
  findJob,
  findManager,
  findModel,
  ordersByIds,
  productsByIds,
  redemptionsByIds,
  segmentsByIds,
  type Deps,
  usersByIds,
} from '@promolift/services';
import { findPromotion } from './campaigns/find-promotion.ts';
import type { NodeSource } from './shared/node.type.ts';

/** Every type that implements Node, with the operation whose right is needed to see it. */
export const nodeSources: NodeSource[] = [
  { type: 'Manager', table: 'managers', load: findManager, operation: 'managers' },
  { type: 'Model', table: 'models', load: findModel, operation: 'models' },
  { type: 'Job', table: 'job_runs', load: findJob, operation: 'jobs' },
  { type: 'Import', table: 'imports', load: findImport, operation: 'imports' },
  { type: 'Product', table: 'products', load: first(productsByIds), operation: 'product' },
  { type: 'Category', table: 'categories', load: first(categoriesByIds), operation: 'categories' },
  { type: 'User', table: 'users', load: first(usersByIds), operation: 'user' },
  { type: 'Order', table: 'orders', load: first(ordersByIds), operation: 'order' },
  { type: 'Segment', table: 'segments', load: first(segmentsByIds), operation: 'segment' },
  { type: 'Campaign', table: 'campaigns', load: first(campaignsByIds), operation: 'campaign' },
  { type: 'Promotion', table: 'promotions', load: findPromotion, operation: 'campaign' },
  { type: 'Redemption', table: 'redemptions', load: first(redemptionsByIds), operation: 'campaign' },
];

/** A set-based read as the read of one row. */
function first<Row extends object>(load: (deps: Deps, ids: readonly string[]) => Promise<Row[]>): NodeSource['load'] {
  return async (deps, id) => (await load(deps, [id]))[0] ?? null;
}
