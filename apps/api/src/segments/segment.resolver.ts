import { categoryNames, listSegments, type SegmentRecord, segmentsByKeys } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { moneyOf } from '../shared/money.type.ts';
import { LocalisedTextType, textOf } from '../shared/text.type.ts';
import { UserType } from '../users/user.type.ts';
import { SegmentPortraitType, SegmentType, UserProfileType } from './segment.type.ts';

@Resolver(() => SegmentType)
export class SegmentResolver {
  @Query(() => [SegmentType], { description: 'Segments in use, those of the model first.' })
  segments(@Ctx() { deps }: ApiContext): Promise<SegmentType[]> {
    return listSegments(deps);
  }

  @Query(() => SegmentType, { nullable: true, description: 'One segment.' })
  async segment(
    @Arg('key', () => String, { description: 'Its stable key.' }) key: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<SegmentType | null> {
    return (await segmentsByKeys(deps, [key]))[0] ?? null;
  }

  @FieldResolver(() => LocalisedTextType, { description: 'Name that a person understands.' })
  name(@Root() { name }: SegmentRecord): LocalisedTextType {
    return textOf(name);
  }

  @FieldResolver(() => SegmentPortraitType, { description: 'Its middle member.' })
  async portrait(@Root() { portrait }: SegmentRecord, @Ctx() { deps, loaders }: ApiContext): Promise<SegmentPortraitType> {
    const [names, { currency }] = await Promise.all([categoryNames(deps.sql), loaders.shop.load('')]);
    return {
      medianRecencyDays: portrait.medianRecencyDays,
      averageOrders: portrait.averageOrders,
      averageRevenue: moneyOf(portrait.averageRevenueMinor, currency),
      sentence: textOf(portrait.sentence),
      topInterests: portrait.topInterests.map(({ categoryKey, strength }) => ({
        categoryKey,
        categoryName: names.get(categoryKey) ?? categoryKey,
        strength,
      })),
    };
  }

  @FieldResolver(() => [UserType], { description: 'Some members, those who spent most first.' })
  async exampleUsers(
    @Root() { id }: SegmentRecord,
    @Arg('first', () => Int, { defaultValue: 5, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserType[]> {
    const members = await loaders.membersOfSegment.load({ id, count: first });
    return (await Promise.all(members.map(({ userId }) => loaders.user.load(userId)))).filter((user) => user !== null);
  }
}

@Resolver(() => UserType)
export class UserSegmentsResolver {
  @FieldResolver(() => [SegmentType], { description: 'Segments they are in now.' })
  segments(@Root() { id }: UserType, @Ctx() { loaders }: ApiContext): Promise<SegmentType[]> {
    return loaders.segmentsOfUser.load(id);
  }

  @FieldResolver(() => UserProfileType, { nullable: true, description: 'What models make of them; null before the first training.' })
  async profile(@Root() { id }: UserType, @Ctx() { loaders }: ApiContext): Promise<UserProfileType | null> {
    const profile = await loaders.profileOfUser.load(id);
    if (!profile) return null;
    const { currency } = await loaders.shop.load('');
    return { ...profile, monetary: moneyOf(profile.monetaryMinor, currency) };
  }
}
