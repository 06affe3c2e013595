/** One measured number of the learning tables, beside what it is compared with. */
export type Row = {
  /** The table it stands in, such as "Rating prediction, MovieLens 100K". */
  table: string;
  /** The algorithm or operation measured. */
  what: string;
  /** Such as "RMSE", "NDCG@10", "ms", "ratings/s". */
  measure: string;
  better: 'lower' | 'higher';
  ours: number;
  /** The same, measured in the same run with another library. */
  peer: { name: string; value: number } | null;
  /** What others have published, with where. */
  published: { source: string; value: number } | null;
  /** The worst value allowed. A quality row (not a time) that misses it fails the run; a time that misses it is marked. */
  goal: number | null;
  kind: 'quality' | 'time';
};

export type PartOptions = {
  /** Folder of the public data sets. */
  data: string;
  /** At most one minute on two cores, for the part's most telling quality rows; without it everything. */
  short: boolean;
  /** A Python with the peer libraries, or null when there is none: then peers are left out. */
  python: string | null;
  report(row: Row): void;
};

/** A part of the learning bench; it reports rows as it measures them. */
export type Part = { name: string; run(options: PartOptions): Promise<void> };
