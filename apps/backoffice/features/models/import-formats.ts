export const importFormats = ['csv', 'shopify', 'ga4', 'online-retail', 'complete-journey', 'movielens'] as const;

/** A first guess from the file's name; the manager may choose another. */
export function suggestFormat(fileName: string): (typeof importFormats)[number] {
  const name = fileName.toLowerCase();
  if (/\.(jsonl|ndjson|json)(\.gz)?$/.test(name) || name.includes('ga4')) return 'ga4';
  if (name.includes('shopify') || /(orders|products)_export/.test(name)) return 'shopify';
  if (name.includes('retail')) return 'online-retail';
  if (name.includes('journey') || name.includes('dunnhumby')) return 'complete-journey';
  return name.includes('ratings') || name.includes('movielens') || name.startsWith('u.data') ? 'movielens' : 'csv';
}
