import { AppError } from '@promolift/domain';

export type DatasetProblem =
  | 'FILE_NOT_FOUND'
  | 'NO_DATA'
  | 'NOT_TEXT'
  | 'WRONG_ENCODING'
  | 'BROKEN_GZIP'
  | 'BROKEN_QUOTES'
  | 'ROW_TOO_LARGE'
  | 'TOO_MANY_COLUMNS'
  | 'DUPLICATE_HEADER'
  | 'MISSING_COLUMN'
  | 'WRONG_MAPPING'
  | 'UNKNOWN_FORMAT';

/** A file that cannot be read at all: the caller's fault, with the place to look at. `row` counts the header as 1. */
export class DatasetError extends AppError {
  readonly problem: DatasetProblem;
  readonly file: string | null;
  readonly row: number | null;
  readonly column: string | null;

  constructor(problem: DatasetProblem, message: string, place: { file?: string; row?: number; column?: string; cause?: unknown } = {}) {
    const where = [place.file, place.row && `row ${place.row}`, place.column && `column ${place.column}`].filter(Boolean);
    super('BAD_USER_INPUT', where.length ? `${where.join(', ')}: ${message}` : message, { cause: place.cause });
    this.name = 'DatasetError';
    this.problem = problem;
    this.file = place.file ?? null;
    this.row = place.row ?? null;
    this.column = place.column ?? null;
  }
}
