import { graphql } from '@/generated/gql.ts';

export const ModelsQuery = graphql(`
  query Models { models { id kind version status algorithm backend metrics baseline gate dataFrom dataTo seed artefactHash createdAt promotedAt } trainingData { asOf users products orders events checks { code subject level message { ...Words } } } }
`);
export const PromoteModelMutation = graphql(`
  mutation PromoteModel($id: ID!) { promoteModel(id: $id) { model { id } userErrors { ...Problem } } }
`);
export const RollbackModelMutation = graphql(`
  mutation RollbackModel($kind: String!) { rollbackModel(kind: $kind) { model { id } userErrors { ...Problem } } }
`);
export const TrainModelsMutation = graphql(`
  mutation TrainModels($idempotencyKey: String!, $acceptData: Boolean!) { trainModels(idempotencyKey: $idempotencyKey, acceptData: $acceptData) { job { id } userErrors { ...Problem } } }
`);
graphql(`
  fragment JobParts on Job { id name status progress stage log error createdAt startedAt finishedAt secondsLeft requestedBy { name } }
`);
export const JobsQuery = graphql(`
  query Jobs { jobs(first: 50) { ...JobParts } }
`);
export const JobQuery = graphql(`
  query Job($id: ID!) { job(id: $id) { ...JobParts result } }
`);
export const CancelJobMutation = graphql(`
  mutation CancelJob($id: ID!) { cancelJob(id: $id) { job { id } userErrors { ...Problem } } }
`);
export const ImportsQuery = graphql(`
  query Imports { imports(first: 50) { id format sourceName status report createdAt finishedAt rejectsUrl job { ...JobParts } } overview { orderCount userCount productCount eventCount } }
`);
export const ImportDataMutation = graphql(`
  mutation ImportData($input: ImportDataInput!) { importData(input: $input) { import { id } job { id } userErrors { ...Problem } } }
`);
export const PreviewImportQuery = graphql(`
  query PreviewImport($input: PreviewImportInput!) {
    previewImport(input: $input) {
      preview {
        detectedFormat format header mappedRows mapping fault
        columns { field column confidence isRequired }
        counts { rowsRead kept repaired rejected }
        reasons { reason outcome count statement }
        problems { row column reason value }
        rowsOut { kind count }
      }
      userErrors { ...Problem }
    }
  }
`);
