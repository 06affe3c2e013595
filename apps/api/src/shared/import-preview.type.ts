import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { ImportSourceInput } from './import.type.ts';
import { Json } from './scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from './user-error.type.ts';

@ObjectType('MappedColumn', { description: 'A field of ours and the column that probably holds it.' })
export class MappedColumnType {
  @Field(() => String, { description: 'Name of the field in a mapping.' })
  field!: string;

  @Field(() => Boolean, { description: 'Can no row be read without it?' })
  isRequired!: boolean;

  @Field(() => String, { nullable: true, description: 'The column found; null when none fits.' })
  column?: string | null;

  @Field(() => Float, { nullable: true, description: '0 to 1, from the name of the column and its values.' })
  confidence?: number | null;
}

@ObjectType('ImportRowCounts', { description: 'What would come of the rows that were read: read = kept + repaired + rejected.' })
export class ImportRowCountsType {
  @Field(() => Int, { description: 'Rows read.' })
  rowsRead!: number;

  @Field(() => Int, { description: 'Rows taken as they are.' })
  kept!: number;

  @Field(() => Int, { description: 'Rows taken after a repair.' })
  repaired!: number;

  @Field(() => Int, { description: 'Rows left out.' })
  rejected!: number;
}

@ObjectType('ImportReason', { description: 'A cleaning rule that rows met.' })
export class ImportReasonType {
  @Field(() => String, { description: 'Name of the rule.' })
  reason!: string;

  @Field(() => String, { description: 'kept, repaired or rejected.' })
  outcome!: string;

  @Field(() => Int, { description: 'How many rows met it.' })
  count!: number;

  @Field(() => String, { description: 'The rule in words.' })
  statement!: string;
}

@ObjectType('ImportProblem', { description: 'One row that would be rejected.' })
export class ImportProblemType {
  @Field(() => String, { description: 'File.' })
  file!: string;

  @Field(() => Int, { description: 'Number of the row in its file; the header is row 1.' })
  row!: number;

  @Field(() => String, { description: 'Column; empty when the whole row is meant.' })
  column!: string;

  @Field(() => String, { description: 'Name of the rule.' })
  reason!: string;

  @Field(() => String, { description: 'What stands there, cut to 200 characters.' })
  value!: string;
}

@ObjectType('ImportKindCount', { description: 'How many records of one kind.' })
export class ImportKindCountType {
  @Field(() => String, { description: 'user, product, order, orderLine, return, event, category or price.' })
  kind!: string;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType('ImportPreview', { description: 'What an import would do, from the first 1,000 rows. Nothing was written.' })
export class ImportPreviewType {
  @Field(() => String, { nullable: true, description: 'The format the file looks like; null when it looks like none.' })
  detectedFormat?: string | null;

  @Field(() => String, { nullable: true, description: 'The format it was read as.' })
  format?: string | null;

  @Field(() => [String], { description: 'Column names, for csv.' })
  header!: string[];

  @Field(() => String, { nullable: true, description: 'sales (a row per order line) or products (a row per product), for csv.' })
  mappedRows?: string | null;

  @Field(() => Json, { nullable: true, description: 'The mapping it was read with: the one sent, else the proposed one.' })
  mapping?: unknown;

  @Field(() => [MappedColumnType], { description: 'Proposed column for each field, for csv.' })
  columns!: MappedColumnType[];

  @Field(() => ImportRowCountsType, { description: 'Counts over the rows that were read.' })
  counts!: ImportRowCountsType;

  @Field(() => [ImportReasonType], { description: 'Rules that rows met, the most frequent first.' })
  reasons!: ImportReasonType[];

  @Field(() => [ImportProblemType], { description: 'The first rejected rows, at most 20.' })
  problems!: ImportProblemType[];

  @Field(() => [ImportKindCountType], { description: 'What would be written, by kind.' })
  rowsOut!: ImportKindCountType[];

  @Field(() => String, { nullable: true, description: 'Currency of the amounts.' })
  currency?: string | null;

  @Field(() => String, { nullable: true, description: 'IANA zone of the times.' })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: 'Why reading stopped; null when it did not.' })
  fault?: string | null;
}

@ObjectType('ImportPreviewPayload', { description: 'Answer of previewImport.' })
export class ImportPreviewPayloadType {
  @Field(() => ImportPreviewType, { nullable: true, description: 'The preview; null when it was refused.' })
  preview?: ImportPreviewType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

@InputType('PreviewImportInput', { description: 'What to look at. Give `uploadId` or `path`; without `format` it is detected.' })
export class PreviewImportInput extends ImportSourceInput {
  @Field(() => String, { nullable: true, description: 'complete-journey, online-retail, movielens, shopify, ga4 or csv.' })
  format?: string | null;
}
