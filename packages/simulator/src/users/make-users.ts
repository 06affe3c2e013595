import { CATEGORIES } from '../products/categories.ts';
import { TASTE_DIMENSIONS } from '../products/make-products.ts';
import { draw, drawNormal, drawWhole, PURPOSE } from '../shared/draws.ts';

/** A shopper and what is true of them; models see none of it. Rates are per day, `needs` are expected wants per visit and category. */
export type SimulatedUser = {
  readonly index: number;
  readonly externalId: string;
  readonly email: string;
  readonly consent: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  readonly joinDay: number;
  readonly persona: string;
  readonly visitRate: number;
  readonly lapseRate: number;
  readonly priceSensitivity: number;
  readonly offerResponsiveness: number;
  readonly codeResponsiveness: number;
  readonly winBackResponsiveness: number;
  readonly monthlyBudgetMinor: number;
  readonly needs: Float64Array;
  readonly taste: Float64Array;
};

type Persona = {
  readonly name: string;
  readonly share: number;
  readonly needs: Readonly<Record<string, number>>;
  readonly budget: number;
  readonly sensitivity: number;
};

const PERSONAS: readonly Persona[] = [
  {
    name: 'family',
    share: 0.24,
    needs: { snacks: 1.5, beverages: 1.5, household: 1.5, toys: 2.5, pet: 0.5 },
    budget: 1.35,
    sensitivity: 1.1,
  },
  {
    name: 'student',
    share: 0.18,
    needs: { snacks: 1.6, 'coffee-tea': 1.3, beverages: 1.4, garden: 0.1, toys: 0.2, pet: 0.1 },
    budget: 0.55,
    sensitivity: 1.5,
  },
  { name: 'gardener', share: 0.16, needs: { garden: 4, pet: 0.8, toys: 0.3 }, budget: 1.1, sensitivity: 0.85 },
  { name: 'pet owner', share: 0.16, needs: { pet: 5, household: 1.2, toys: 0.4 }, budget: 1, sensitivity: 0.9 },
  { name: 'coffee lover', share: 0.13, needs: { 'coffee-tea': 2.8, kitchen: 1.4, pet: 0.2, toys: 0.2 }, budget: 1.2, sensitivity: 0.75 },
  {
    name: 'home cook',
    share: 0.13,
    needs: { kitchen: 3, beverages: 1.2, household: 1.2, pet: 0.2, toys: 0.3 },
    budget: 1.3,
    sensitivity: 0.8,
  },
];
const FIRST_NAMES = [
  'Anna',
  'Ben',
  'Clara',
  'David',
  'Elif',
  'Finn',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Katja',
  'Luca',
  'Mara',
  'Noah',
  'Olga',
  'Paul',
  'Rosa',
  'Samir',
  'Tilda',
  'Yan',
];
const LAST_NAMES = [
  'Albers',
  'Becker',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Gruber',
  'Horvat',
  'Ivanova',
  'Jansen',
  'Keller',
  'Lindqvist',
  'Moreau',
  'Novak',
  'Okafor',
  'Petit',
  'Rossi',
  'Schulz',
  'Turner',
  'Weber',
];
const COUNTRIES = ['DE', 'DE', 'DE', 'AT', 'NL', 'FR'];
const AGE_BANDS = ['18-24', '25-34', '35-44', '45-54', '55-64', '65+'];
const WANTS_PER_VISIT = 2.9;

function personaOf(seed: number, index: number): Persona {
  let rest = draw(seed, index, 0, PURPOSE.user);
  return PERSONAS.find((persona) => (rest -= persona.share) < 0) ?? PERSONAS[0];
}

function needsOf(seed: number, index: number, persona: Persona): Float64Array {
  const raw = CATEGORIES.map(
    (category, c) => category.need * (persona.needs[category.key] ?? 1) * Math.exp(0.5 * drawNormal(seed, index, 1, PURPOSE.user, c)),
  );
  const total = raw.reduce((a, b) => a + b, 0);
  const wants = WANTS_PER_VISIT * Math.exp(0.25 * drawNormal(seed, index, 2, PURPOSE.user));
  return Float64Array.from(raw, (need) => (need * wants) / total);
}

function identityOf(seed: number, index: number) {
  const first = FIRST_NAMES[drawWhole(seed, index, 3, PURPOSE.user, FIRST_NAMES.length)];
  const last = LAST_NAMES[drawWhole(seed, index, 4, PURPOSE.user, LAST_NAMES.length)];
  return {
    externalId: `u-${String(index + 1).padStart(5, '0')}`,
    email: `${first}.${last}.${index + 1}@example.com`.toLowerCase(),
    consent: draw(seed, index, 5, PURPOSE.user) < 0.86,
    attributes: {
      name: `${first} ${last}`,
      country: COUNTRIES[drawWhole(seed, index, 6, PURPOSE.user, COUNTRIES.length)],
      ageBand: AGE_BANDS[drawWhole(seed, index, 7, PURPOSE.user, AGE_BANDS.length)],
    },
  };
}

/** Makes the shoppers; two thirds were customers before the first day. */
export function makeUsers(seed: number, count: number, days: number): SimulatedUser[] {
  return Array.from({ length: count }, (_, index) => {
    const persona = personaOf(seed, index);
    const normal = (key: number) => drawNormal(seed, index, key, PURPOSE.user);
    const uniform = (key: number) => draw(seed, index, key, PURPOSE.user);
    const isOld = uniform(8) < 0.66;
    return {
      index,
      persona: persona.name,
      ...identityOf(seed, index),
      joinDay: isOld ? -1 - Math.floor(uniform(9) * 700) : Math.floor(uniform(9) * Math.max(1, days)),
      visitRate: Math.min(0.45, 0.075 * Math.exp(0.6 * normal(10))),
      lapseRate: Math.exp(0.6 * normal(11)) / 900,
      priceSensitivity: persona.sensitivity * Math.exp(0.3 * normal(12)),
      offerResponsiveness: 0.3 + 1.2 * uniform(13),
      codeResponsiveness: 0.25 + 0.7 * uniform(14),
      winBackResponsiveness: 0.3 + 1.4 * uniform(15),
      monthlyBudgetMinor: Math.round(16_000 * persona.budget * Math.exp(0.4 * normal(16))),
      needs: needsOf(seed, index, persona),
      taste: Float64Array.from({ length: TASTE_DIMENSIONS }, (_, dimension) => drawNormal(seed, index, 17, PURPOSE.taste, dimension)),
    };
  });
}
