import { Arg, Field, ObjectType } from 'type-graphql';
import { requireLocale } from './locale.ts';

@ObjectType('LocalisedText', { description: 'A text in the two languages of the product.' })
export class LocalisedTextType {
  @Field(() => String, { description: 'English.' })
  en: string;

  @Field(() => String, { description: 'Simplified Chinese.' })
  zh: string;

  constructor(en: string, zh: string) {
    this.en = en;
    this.zh = zh;
  }

  @Field(() => String, { description: 'The text for this locale: Chinese for zh and its variants, English for all others.' })
  text(@Arg('locale', () => String, { nullable: true, description: 'BCP 47 tag; default en.' }) locale: string | undefined): string {
    return /^zh\b/i.test(requireLocale(locale)) ? this.zh : this.en;
  }
}

/** From a stored or domain text; `text` on a plain object would not resolve. */
export const textOf = (text: { en: string; zh: string }): LocalisedTextType => new LocalisedTextType(text.en, text.zh);
