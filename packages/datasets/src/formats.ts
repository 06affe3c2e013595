import { completeJourney } from './complete-journey/read-complete-journey.ts';
import { csv } from './csv/read-csv.ts';
import { ga4 } from './ga4/read-ga4.ts';
import { movielens } from './movielens/read-movielens.ts';
import { onlineRetail } from './online-retail/read-online-retail.ts';
import type { FormatReader } from './shared/reader.ts';
import { shopify } from './shopify/read-shopify.ts';

export const FORMAT_NAMES = ['online-retail', 'complete-journey', 'movielens', 'shopify', 'ga4', 'csv'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

export const FORMATS: Readonly<Record<FormatName, FormatReader>> = {
  'online-retail': onlineRetail,
  'complete-journey': completeJourney,
  movielens,
  shopify,
  ga4,
  csv,
};
