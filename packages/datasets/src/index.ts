export { detectFormat } from './detect-format.ts';
export { FORMAT_NAMES, type FormatName } from './formats.ts';
export { type MappedField, Mapping, parseMapping } from './csv/mapping.ts';
export { type MappingSuggestion, suggestMapping } from './csv/suggest-mapping.ts';
export { dataFilesOf, type ReadDatasetRequest, readDataset } from './read-dataset.ts';
export { DatasetError, type DatasetProblem } from './shared/dataset-error.ts';
export type { CleaningRule, FileReport, ImportReport, Reject, RuleOutcome } from './shared/import-report.ts';
export { createRejectWriter, type RejectWriter } from './shared/reject-writer.ts';
export type { ReadOptions } from './shared/reader.ts';
