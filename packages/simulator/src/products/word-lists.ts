/** The words product names are made of: brand, noun, variant. */
export type Words = { readonly brands: readonly string[]; readonly nouns: readonly string[]; readonly variants: readonly string[] };

export const WORDS: Readonly<Record<string, Words>> = {
  snacks: {
    brands: ['Hazelwood', 'Nibbly', 'Crisp & Co', 'Alba', 'Old Mill', 'Sunny Acre'],
    nouns: ['Potato Crisps', 'Oat Cookies', 'Dark Chocolate', 'Salted Almonds', 'Popcorn', 'Rice Crackers', 'Granola Bar'],
    variants: ['Sea Salt 150 g', 'Paprika 200 g', 'Honey 125 g', 'Classic 180 g', 'Family Pack', 'Organic 100 g'],
  },
  'coffee-tea': {
    brands: ['Marigold', 'Casa Lupo', 'Northgate', 'Teahouse No. 7', 'Bluebird', 'Alto'],
    nouns: ['Espresso Beans', 'Ground Coffee', 'Green Tea', 'Earl Grey', 'Rooibos Tea', 'Coffee Capsules', 'Cold Brew'],
    variants: ['Medium Roast 500 g', 'Dark Roast 250 g', 'Decaf 250 g', '20 Bags', 'Organic 100 g', '30 Pieces'],
  },
  beverages: {
    brands: ['Springwell', 'Fizz Bros', 'Orchard Lane', 'Citra', 'Bergquell', 'Lumo'],
    nouns: ['Sparkling Water', 'Apple Juice', 'Lemonade', 'Ginger Beer', 'Iced Tea', 'Oat Drink'],
    variants: ['6 × 0.5 l', '1 l', '0.33 l', 'Zero 1 l', 'Elderflower 0.75 l', 'Organic 1 l'],
  },
  household: {
    brands: ['Cleanly', 'Fernbrook', 'Purity', 'Everhome', 'Blanca'],
    nouns: ['Dishwasher Tabs', 'Laundry Liquid', 'Kitchen Roll', 'All-Purpose Cleaner', 'Bin Bags', 'Toilet Paper', 'Sponge Set'],
    variants: ['40 Pieces', '1.5 l', '4 Rolls', 'Lemon 750 ml', '8 Rolls', 'Refill', 'Sensitive'],
  },
  'personal-care': {
    brands: ['Calendula', 'Nordlys', 'Silka', 'Barber & Sons', 'Aquarelle'],
    nouns: ['Shampoo', 'Hand Cream', 'Toothpaste', 'Shower Gel', 'Face Serum', 'Deodorant', 'Razor Blades'],
    variants: ['250 ml', 'Sensitive 75 ml', 'Mint 100 ml', 'Aloe 300 ml', 'Twin Pack', 'Travel Size'],
  },
  pet: {
    brands: ['Waggle', 'Felina', 'Good Paw', 'Wild Meadow'],
    nouns: ['Dry Cat Food', 'Wet Dog Food', 'Cat Litter', 'Dog Chews', 'Bird Seed', 'Grooming Brush'],
    variants: ['Chicken 1 kg', 'Salmon 400 g', 'Beef 800 g', '5 l', 'Junior 2 kg', 'Value Pack'],
  },
  kitchen: {
    brands: ['Copperleaf', 'Stellan', 'Mesa', 'Hearth & Hand', 'Tavola'],
    nouns: ['Frying Pan', 'Chef’s Knife', 'Mixing Bowl', 'French Press', 'Baking Tray', 'Storage Jar', 'Cutting Board'],
    variants: ['20 cm', '28 cm', 'Set of 3', 'Oak', 'Enamel White', 'Stainless Steel'],
  },
  'winter-clothing': {
    brands: ['Fjellheim', 'Wooly', 'Alpina', 'Northgate'],
    nouns: ['Merino Scarf', 'Knit Beanie', 'Ski Gloves', 'Down Vest', 'Thermal Socks', 'Fleece Jacket'],
    variants: ['Grey', 'Navy', 'Berry', 'Forest Green', 'Kids', 'XL'],
  },
  garden: {
    brands: ['Greenfold', 'Terra', 'Rosemarket', 'Oldfield'],
    nouns: ['Flower Seeds', 'Pruning Shears', 'Terracotta Pot', 'Potting Soil', 'Watering Can', 'Garden Lantern'],
    variants: ['Wildflower Mix', 'Small', 'Large', '20 l', 'Antique Zinc', 'Set of 2'],
  },
  toys: {
    brands: ['Tumbletown', 'Holz & Spiel', 'Pixie', 'Brickley'],
    nouns: ['Wooden Train', 'Puzzle', 'Plush Bear', 'Building Blocks', 'Board Game', 'Craft Kit'],
    variants: ['100 Pieces', 'Junior', 'Deluxe', 'Travel Edition', 'Farm', 'Space'],
  },
};
