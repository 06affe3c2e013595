import { graphql } from '@/generated/gql.ts';

graphql(`
  fragment SegmentCard on Segment {
    id key kind size valueShare createdAt name { ...Words } model { kind version algorithm }
    portrait { medianRecencyDays averageOrders averageRevenue { ...Sum } topInterests { categoryKey categoryName strength } sentence { ...Words } }
  }
`);
export const SegmentsQuery = graphql(`
  query Segments { segments { ...SegmentCard } }
`);
export const SegmentQuery = graphql(`
  query Segment($key: String!) { segment(key: $key) { ...SegmentCard exampleUsers(first: 8) { id externalId profile { recencyDays frequency monetary { ...Sum } churnRisk } } } }
`);
