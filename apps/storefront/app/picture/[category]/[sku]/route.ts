import { drawProduct } from '@/picture/draw-product.ts';

export async function GET(request: Request, { params }: { params: Promise<{ category: string; sku: string }> }) {
  const { category, sku } = await params;
  const name = new URL(request.url).searchParams.get('name') ?? '';
  return new Response(drawProduct(sku, category, name), {
    headers: {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    },
  });
}
