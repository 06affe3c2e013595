import { M0001Foundations } from './m0001-foundations.ts';
import { M0002Products } from './m0002-products.ts';
import { M0003Users } from './m0003-users.ts';
import { M0004Activity } from './m0004-activity.ts';
import { M0005ModelsAndSegments } from './m0005-models-and-segments.ts';
import { M0006Staff } from './m0006-staff.ts';
import { M0007Campaigns } from './m0007-campaigns.ts';
import { M0008Redemptions } from './m0008-redemptions.ts';
import { M0009Jobs } from './m0009-jobs.ts';
import { M0010Limits } from './m0010-limits.ts';
import { M0011CodeBatches } from './m0011-code-batches.ts';
import { M0012PriceHonesty } from './m0012-price-honesty.ts';
import { M0013ConditionFacts } from './m0013-condition-facts.ts';
import { M0014LineAllocations } from './m0014-line-allocations.ts';
import { M0015RulesetRevision } from './m0015-ruleset-revision.ts';
import { M0016Accounts } from './m0016-accounts.ts';
import { M0021JobCheckpoints } from './m0021-job-checkpoints.ts';

/** In order of execution; a released migration is never edited, only followed. */
export const migrations = [
  { name: 'm0001-foundations', class: M0001Foundations },
  { name: 'm0002-products', class: M0002Products },
  { name: 'm0003-users', class: M0003Users },
  { name: 'm0004-activity', class: M0004Activity },
  { name: 'm0005-models-and-segments', class: M0005ModelsAndSegments },
  { name: 'm0006-staff', class: M0006Staff },
  { name: 'm0007-campaigns', class: M0007Campaigns },
  { name: 'm0008-redemptions', class: M0008Redemptions },
  { name: 'm0009-jobs', class: M0009Jobs },
  { name: 'm0010-limits', class: M0010Limits },
  { name: 'm0011-code-batches', class: M0011CodeBatches },
  { name: 'm0012-price-honesty', class: M0012PriceHonesty },
  { name: 'm0013-condition-facts', class: M0013ConditionFacts },
  { name: 'm0014-line-allocations', class: M0014LineAllocations },
  { name: 'm0015-ruleset-revision', class: M0015RulesetRevision },
  { name: 'm0016-accounts', class: M0016Accounts },
  { name: 'm0021-job-checkpoints', class: M0021JobCheckpoints },
];
