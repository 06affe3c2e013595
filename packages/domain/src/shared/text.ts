import { z } from 'zod';

/** A sentence in the two languages that every screen and storefront can show. */
export const LocalizedText = z.object({ en: z.string(), zh: z.string() });
export type LocalizedText = z.infer<typeof LocalizedText>;

/** Replaces `{name}` in both languages; an unknown name is left as it stands. */
export function fillText(template: LocalizedText, values: Readonly<Record<string, string | number>>): LocalizedText {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { en: fill(template.en), zh: fill(template.zh) };
}
