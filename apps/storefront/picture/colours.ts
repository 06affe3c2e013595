/** FNV-1a: the same text always gives the same picture. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}

export type Colours = { ground: string; halo: string; main: string; dark: string; light: string; paper: string; accent: string };

const CATEGORY_HUES: Record<string, number> = {
  snacks: 32,
  'coffee-tea': 22,
  beverages: 195,
  household: 170,
  'personal-care': 335,
  pet: 265,
  kitchen: 12,
  'winter-clothing': 222,
  garden: 105,
  toys: 48,
};

const TURNS = [0, 24, -26, 150, 190, 60, -70];

/** A category keeps its ground, a product its own main colour. */
export function coloursOf(sku: string, category: string): Colours {
  const ground = CATEGORY_HUES[category] ?? hashOf(category) % 360;
  const hash = hashOf(sku);
  const hue = (ground + (TURNS[hash % TURNS.length] ?? 0) + 360) % 360;
  const depth = 44 + ((hash >>> 8) % 12);
  return {
    ground: `hsl(${ground} 52% 92%)`,
    halo: `hsl(${ground} 58% 85%)`,
    main: `hsl(${hue} 52% ${depth}%)`,
    dark: `hsl(${hue} 55% ${depth - 16}%)`,
    light: `hsl(${hue} 60% ${depth + 26}%)`,
    paper: `hsl(${ground} 40% 97%)`,
    accent: `hsl(${(hue + 165) % 360} 60% 52%)`,
  };
}
