import { expect, test } from 'vitest';
import { drawProduct } from './draw-product.ts';

test('the same product always has the same picture, another sku another', () => {
  expect(drawProduct('MG-0001', 'snacks', 'Alba Potato Crisps')).toBe(drawProduct('MG-0001', 'snacks', 'Alba Potato Crisps'));
  expect(drawProduct('MG-0001', 'snacks', 'Alba Potato Crisps')).not.toBe(drawProduct('MG-0002', 'snacks', 'Alba Potato Crisps'));
});

test('the name decides the thing: a pan is not a bag', () => {
  const shape = (name: string) => drawProduct('MG-0001', 'kitchen', name).replaceAll(/hsl\([^)]*\)/g, '');
  expect(shape('Mesa Frying Pan')).not.toBe(shape('Mesa Storage Jar'));
  expect(shape('Mesa Frying Pan 20 cm')).toBe(shape('Tavola Frying Pan Oak'));
});

test('nothing of what a caller sends gets into the markup', () => {
  const svg = drawProduct('"><script>', '</svg><script>', '<script>alert(1)</script>');
  expect(svg).not.toContain('script');
  expect(svg.match(/<svg/g)).toHaveLength(1);
  expect(svg).not.toMatch(/undefined|NaN/);
});
