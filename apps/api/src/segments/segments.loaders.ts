import { type Deps, exampleUsersOf, segmentsByKeys, segmentsOfUsers, userProfilesOf } from '@promolift/services';
import { listLoader, valueLoader } from '../shared/batch.ts';
import { perParentLoader } from '../shared/per-parent.ts';

export const createSegmentLoaders = (deps: Deps) => ({
  segmentByKey: valueLoader(
    (keys) => segmentsByKeys(deps, keys),
    ({ key }) => key,
  ),
  segmentsOfUser: listLoader(
    (ids) => segmentsOfUsers(deps, ids),
    ({ userId }) => userId,
  ),
  membersOfSegment: perParentLoader(
    (ids, first) => exampleUsersOf(deps, ids, first),
    ({ segmentId }) => segmentId,
  ),
  profileOfUser: valueLoader(
    (ids) => userProfilesOf(deps, ids),
    ({ userId }) => userId,
  ),
});
