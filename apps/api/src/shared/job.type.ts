import { Field, Float, ObjectType } from 'type-graphql';
import { enumType } from './enum-type.ts';
import { NodeType } from './node.type.ts';
import { DateTime, Json } from './scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from './user-error.type.ts';

export const JobStatusEnum = enumType('JobStatus', 'Where a job stands.', {
  requested: 'Waits for a worker.',
  running: 'A worker is on it.',
  succeeded: 'Done; `result` says what came out.',
  failed: 'Ended with `error`; it will not be tried again.',
  cancelled: 'Stopped because somebody asked.',
});

@ObjectType('Job', { implements: NodeType, description: 'A long piece of work with its progress. Poll it until it has finished.' })
export class JobType extends NodeType {
  @Field(() => String, { description: 'What is done, for example train-models.' })
  name!: string;

  @Field(() => JobStatusEnum, { description: 'Where it stands.' })
  status!: keyof typeof JobStatusEnum;

  @Field(() => Float, { description: 'Done share, 0 to 1.' })
  progress!: number;

  @Field(() => String, { nullable: true, description: 'What it is doing now.' })
  stage?: string | null;

  @Field(() => Json, { nullable: true, description: 'What came out, once it succeeded.' })
  result?: unknown;

  @Field(() => Json, { nullable: true, description: 'Why it failed: message and code.' })
  error?: unknown;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When a worker first took it.' })
  startedAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ended, however it ended.' })
  finishedAt?: Date | null;
}

@ObjectType('JobPayload', { description: 'Answer of mutations that ask for long work.' })
export class JobPayloadType {
  @Field(() => JobType, { nullable: true, description: 'The job; null when it was refused.' })
  job?: JobType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}
