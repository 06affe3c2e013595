import { ModelResolver } from './models/model.resolver.ts';
import { ImportResolver } from './shared/import.resolver.ts';
import { JobResolver } from './shared/job.resolver.ts';
import { NodeResolver } from './shared/node.resolver.ts';
import { OverviewResolver } from './shared/overview.resolver.ts';
import { SettingsResolver } from './shared/settings.resolver.ts';
import { ApiKeyResolver } from './staff/api-key.resolver.ts';
import { AuditEntryResolver, AuditEntryConnectionResolver } from './staff/audit-entry.resolver.ts';
import { ManagerResolver } from './staff/manager.resolver.ts';
import { RequestedByResolver } from './staff/requested-by.resolver.ts';
import { SessionResolver } from './staff/session.resolver.ts';

/** Every resolver class of the API, by slice; `buildApiSchema` reads only this list. */
export const resolvers = {
  shared: [NodeResolver, JobResolver, ImportResolver, SettingsResolver, OverviewResolver],
  models: [ModelResolver],
  staff: [ManagerResolver, SessionResolver, ApiKeyResolver, AuditEntryResolver, AuditEntryConnectionResolver, RequestedByResolver],
};
