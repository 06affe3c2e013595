import { JobRun, Manager } from '@promolift/db';
import { auditEntriesOf, type Deps } from '@promolift/services';
import { entityLoader } from '../shared/batch.ts';
import { perParentLoader } from '../shared/per-parent.ts';

export const createStaffLoaders = (deps: Deps) => ({
  manager: entityLoader(deps, Manager),
  job: entityLoader(deps, JobRun),
  auditOfCampaign: perParentLoader(
    (ids, first) => auditEntriesOf(deps, 'campaign', ids, first),
    ({ subjectId }) => subjectId ?? '',
  ),
});
