import { findImport, findJob, findManager, findModel } from '@promolift/services';
import type { NodeSource } from './shared/node.type.ts';

/** Every type that implements Node, with the operation whose right is needed to see it. */
export const nodeSources: NodeSource[] = [
  { type: 'Manager', table: 'managers', load: findManager, operation: 'managers' },
  { type: 'Model', table: 'models', load: findModel, operation: 'models' },
  { type: 'Job', table: 'job_runs', load: findJob, operation: 'jobs' },
  { type: 'Import', table: 'imports', load: findImport, operation: 'imports' },
];
