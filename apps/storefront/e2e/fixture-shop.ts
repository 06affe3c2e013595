/** A small catalogue with the names of the demo shop; prices in euro cents. */
const money = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

/** As the API answers for a price that was not reduced. */
export const notice = (priorMinor: number, more: object = {}) => ({
  priorPrice: money(priorMinor),
  mayAnnounceReduction: false,
  announcedReductionBasisPoints: 0,
  reason: 'NOT_REDUCED',
  unitPrice: null,
  validFrom: null,
  validUntil: null,
  isPersonalised: false,
  disclosure: null,
  ...more,
});
export const DISCLOSURE = {
  en: 'This price was personalised for you on the basis of automated decision-making.',
  zh: '该价格是通过自动化决策为您个性化制定的。',
};
export const CATEGORIES = [
  ['snacks', 'Snacks'],
  ['coffee-tea', 'Coffee & tea'],
  ['beverages', 'Beverages'],
  ['household', 'Household'],
  ['personal-care', 'Personal care'],
  ['pet', 'Pet'],
  ['kitchen', 'Kitchen'],
  ['winter-clothing', 'Winter clothing'],
  ['garden', 'Garden'],
  ['toys', 'Toys'],
].map(([key = '', name = '']) => ({ id: `category:${key}`, key, name }));

const NAMES: Record<string, string[]> = {
  snacks: [
    'Hazelwood Potato Crisps Sea Salt 150 g',
    'Nibbly Oat Cookies Honey 125 g',
    'Alba Dark Chocolate Organic 100 g',
    'Old Mill Salted Almonds Classic 180 g',
    'Sunny Acre Granola Bar Family Pack',
  ],
  'coffee-tea': [
    'Casa Lupo Espresso Beans Dark Roast 250 g',
    'Bluebird Green Tea 20 Bags',
    'Teahouse No. 7 Earl Grey 20 Bags',
    'Alto Cold Brew 250 g',
  ],
  beverages: [
    'Springwell Sparkling Water 6 × 0.5 l',
    'Orchard Lane Apple Juice 1 l',
    'Fizz Bros Lemonade Zero 1 l',
    'Lumo Oat Drink Organic 1 l',
  ],
  household: [
    'Cleanly Dishwasher Tabs 40 Pieces',
    'Fernbrook Laundry Liquid 1.5 l',
    'Purity Kitchen Roll 4 Rolls',
    'Blanca All-Purpose Cleaner Lemon 750 ml',
    'Everhome Sponge Set',
  ],
  'personal-care': [
    'Calendula Shampoo 250 ml',
    'Nordlys Hand Cream Sensitive 75 ml',
    'Barber & Sons Razor Blades Twin Pack',
    'Silka Toothpaste Mint 100 ml',
  ],
  pet: ['Felina Dry Cat Food Chicken 1 kg', 'Waggle Wet Dog Food Beef 800 g', 'Good Paw Grooming Brush', 'Wild Meadow Bird Seed 5 l'],
  kitchen: [
    'Copperleaf Frying Pan 28 cm',
    'Stellan Chef’s Knife Oak',
    'Mesa Mixing Bowl Set of 3',
    'Hearth & Hand French Press',
    'Tavola Cutting Board Oak',
    'Mesa Baking Tray Enamel White',
  ],
  'winter-clothing': [
    'Fjellheim Merino Scarf Berry',
    'Wooly Knit Beanie Navy',
    'Alpina Ski Gloves Grey',
    'Northgate Down Vest Forest Green',
    'Wooly Thermal Socks Kids',
  ],
  garden: [
    'Greenfold Flower Seeds Wildflower Mix',
    'Terra Pruning Shears Small',
    'Rosemarket Terracotta Pot Large',
    'Oldfield Watering Can Antique Zinc',
    'Terra Garden Lantern Set of 2',
  ],
  toys: ['Holz & Spiel Wooden Train Farm', 'Pixie Plush Bear Deluxe', 'Brickley Building Blocks 100 Pieces', 'Tumbletown Puzzle Space'],
};

export const PRODUCTS = Object.entries(NAMES).flatMap(([key, names], shelf) =>
  names.map((name, place) => ({
    id: `product:${key}-${place}`,
    sku: `MG-${shelf}${place}`,
    name,
    isActive: true,
    stock: place === 3 ? 2 : place === 4 ? 0 : 40,
    launchedAt: null,
    attributes: {},
    price: money(199 + shelf * 130 + place * 150),
    priceNotice: notice(
      199 + shelf * 130 + place * 150,
      name.endsWith('100 g') ? { unitPrice: { per: 'kg', price: money((199 + shelf * 130 + place * 150) * 10) } } : {},
    ),
    category: CATEGORIES.find((category) => category.key === key) ?? null,
  })),
);
const segment = (key: string, en: string, zh: string) => ({ id: key, key, name: { en, zh } });
export const USERS = [
  { id: 'u1', externalId: 'shopper-0042', segments: [segment('loyal-snacks', 'Loyal, high value, buys snacks', '忠诚高价值，爱买零食')] },
  { id: 'u2', externalId: 'shopper-0107', segments: [segment('lapsing-pet', 'Lapsing, buys pet food', '即将流失，常买宠物用品')] },
  { id: 'u3', externalId: 'shopper-0311', segments: [] },
];
export const shopMoney = money;
