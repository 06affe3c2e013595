import type { ShopPicture } from '../shop-picture.ts';
import { atRiskSegment } from './at-risk-segment.ts';
import { basketAffinity } from './basket-affinity.ts';
import type { Idea } from './idea.ts';
import { lull } from './lull.ts';
import { overstock } from './overstock.ts';
import { seasonalRise } from './seasonal-rise.ts';
import { slowNewProduct } from './slow-new-product.ts';

/** Every occasion looks at the same picture; one more occasion is one more file and one more name here. */
export const findIdeas = (picture: ShopPicture): Idea[] =>
  [overstock, lull, atRiskSegment, basketAffinity, seasonalRise, slowNewProduct].flatMap((occasion) => occasion(picture));
