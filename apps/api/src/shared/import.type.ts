import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { JobType } from './job.type.ts';
import { NodeType } from './node.type.ts';
import { DateTime, Json } from './scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from './user-error.type.ts';

@ObjectType('Import', { implements: NodeType, description: 'One reading of a data set into the shop, with its report.' })
export class ImportType extends NodeType {
  @Field(() => String, { description: 'complete-journey, online-retail, movielens, shopify, ga4 or csv.' })
  format!: string;

  @Field(() => String, { description: 'Name of the file or folder it was read from.' })
  sourceName!: string;

  @Field(() => String, { description: 'requested, running, succeeded, failed or cancelled.' })
  status!: string;

  @Field(() => Json, { nullable: true, description: 'Rows kept, repaired and rejected, by reason and file.' })
  report?: unknown;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it ended.' })
  finishedAt?: Date | null;
}

@ObjectType('ImportPayload', { description: 'Answer of importData.' })
export class ImportPayloadType {
  @Field(() => ImportType, { nullable: true, description: 'The import; null when it was refused.' })
  import?: ImportType | null;

  @Field(() => JobType, { nullable: true, description: 'The job that reads it.' })
  job?: JobType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

/** Where the data is and how to read it; shared by importData and previewImport. */
@InputType('ImportSourceInput', { description: 'Where the data is and how to read it.' })
export abstract class ImportSourceInput {
  @Field(() => String, { nullable: true, description: 'What POST /uploads answered.' })
  uploadId?: string | null;

  @Field(() => String, { nullable: true, description: "A file or folder inside the installation's own folder." })
  path?: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code for data that names none.' })
  currency?: string | null;

  @Field(() => String, { nullable: true, description: 'IANA zone of times that name none.' })
  timeZone?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Margin to assume where the data has no costs; without it such products get no promotion.',
  })
  assumedMarginBasisPoints?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: you state that users whose data says nothing about consent agreed to being learned from; kept as assumed. Default false: nothing is learned from them.',
  })
  assumeConsent?: boolean | null;

  @Field(() => Json, { nullable: true, description: 'Columns to fields, for csv.' })
  mapping?: unknown;
}

@InputType('ImportDataInput', { description: 'What to import. Give `uploadId` (from POST /uploads: raw body, one file) or `path`.' })
export class ImportDataInput extends ImportSourceInput {
  @Field(() => String, { description: 'Your own key for this request; sent again, it gives the same import again.' })
  idempotencyKey!: string;

  @Field(() => String, { description: 'complete-journey, online-retail, movielens, shopify, ga4 or csv.' })
  format!: string;

  @Field(() => String, { nullable: true, description: 'Name of the file as people know it; shown, never opened.' })
  fileName?: string | null;
}
