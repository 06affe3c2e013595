import { coloursOf, hashOf } from './colours.ts';
import { bag, bar, bottle, box, carton, type Drawing, flatBox, jar, pouch, pump, rolls, spray, tin, tube } from './packages.ts';
import {
  bear,
  beanie,
  blocks,
  board,
  bowl,
  brush,
  gloves,
  jacket,
  knife,
  lantern,
  mug,
  pan,
  pot,
  press,
  puzzle,
  razor,
  scarf,
  shears,
  socks,
  sponges,
  train,
  tray,
  wateringCan,
} from './things.ts';

/** The first word that the product's name contains decides what is drawn. */
const BY_WORD: [RegExp, Drawing][] = [
  [/train|tram|locomotive/, train],
  [/bear|plush|doll|toy animal/, bear],
  [/blocks|bricks|cube/, blocks],
  [/puzzle|jigsaw/, puzzle],
  [/board game|game|craft|kit\b/, flatBox],
  [/scarf|shawl/, scarf],
  [/beanie|hat\b|cap\b/, beanie],
  [/glove|mitten/, gloves],
  [/vest|jacket|coat|fleece|sweater|shirt/, jacket],
  [/sock/, socks],
  [/\btabs\b/, box],
  [/watering can/, wateringCan],
  [/lantern|candle|light|lamp/, lantern],
  [/shears|scissors/, shears],
  [/terracotta|\bpot\b|plant|flower(?! seeds)/, pot],
  [/seeds/, box],
  [/soil|litter|charcoal/, pouch],
  [/frying pan|\bpan\b|skillet|wok/, pan],
  [/knife|knives|cutlery/, knife],
  [/cutting board|chopping/, board],
  [/baking tray|\btray\b|cake|bread|bakery/, tray],
  [/bowl|salad/, bowl],
  [/french press|cafetiere|teapot/, press],
  [/mug|\bcup\b/, mug],
  [/razor/, razor],
  [/brush/, brush],
  [/sponge|cloth/, sponges],
  [/roll|paper|towel/, rolls],
  [/toothpaste|hand cream|\btube|ointment/, tube],
  [/shampoo|shower|soap|lotion|serum|conditioner/, pump],
  [/deodorant|cleaner|spray/, spray],
  [/oat drink|milk|cream\b/, carton],
  [/water|juice|lemonade|beer|wine|soda|iced tea|cold brew|liquid|drink|oil|sauce/, bottle],
  [/cookie|cracker|biscuit/, box],
  [/almond|nuts|honey(?! 1)|jam\b|jar|storage/, jar],
  [/wet |canned|soup|tuna|tin\b/, tin],
  [/chocolate|granola bar|candy bar/, bar],
  [/cereal|tea\b|earl grey|tabs|blades|capsule|pizza|frozen/, box],
  [/crisps|chips|popcorn|pasta|rice|snack|chews/, bag],
  [/beans|coffee|food|bags|seed|flour|sugar/, pouch],
];
const BY_CATEGORY: Record<string, Drawing> = {
  snacks: bag,
  'coffee-tea': pouch,
  beverages: bottle,
  household: spray,
  'personal-care': pump,
  pet: pouch,
  kitchen: bowl,
  'winter-clothing': jacket,
  garden: pot,
  toys: blocks,
};
const ANY: Drawing[] = [box, jar, bag, bottle, tin, flatBox, pouch, mug];

/** A flat illustration, 200 × 200, from nothing but sku, category and the words of the name: the same product, the same picture. */
export function drawProduct(sku: string, category: string, name: string): string {
  const colours = coloursOf(sku, category);
  const pick = hashOf(`${sku}/detail`);
  const words = name.toLowerCase();
  const draw = BY_WORD.find(([word]) => word.test(words))?.[1] ?? BY_CATEGORY[category] ?? ANY[hashOf(category + sku) % ANY.length] ?? box;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" fill="${colours.ground}"/><circle cx="100" cy="104" r="78" fill="${colours.halo}"/><ellipse cx="100" cy="170" rx="58" ry="7" fill="#000" fill-opacity=".1"/>${draw(colours, pick)}</svg>`;
}
