export { createRandom, type Random } from './random/random.ts';
