/** A jsonb object column. Whoever needs its shape parses it at that border. */
export type JsonObject = Record<string, unknown>;

/** A text in each language of the backoffice. */
export type LocalizedText = { en: string; zh: string };
