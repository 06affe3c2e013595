import type { JobRun } from '@promolift/db';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { JobType } from '../shared/job.type.ts';
import { ManagerType } from './manager.type.ts';

@Resolver(() => JobType)
export class RequestedByResolver {
  @FieldResolver(() => ManagerType, {
    nullable: true,
    description: 'The manager who asked for it; null for schedules and the command line.',
  })
  requestedBy(@Root() { requestedBy }: JobRun, @Ctx() { loaders }: ApiContext): Promise<ManagerType | null> | null {
    return requestedBy ? loaders.manager.load(requestedBy) : null;
  }
}
