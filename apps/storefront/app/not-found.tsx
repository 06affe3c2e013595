import Link from 'next/link';
import { openShop } from '@/lib/shop.ts';
import { Frame } from '@/ui/frame.tsx';

export default async function NotFound() {
  const shop = await openShop();
  return (
    <Frame shop={shop}>
      <div className="card mx-auto max-w-xl p-8 text-center">
        <h1 className="text-2xl font-bold">{shop.words.notFound}</h1>
        <p className="my-4 text-muted">{shop.words.notFoundNote}</p>
        <Link href="/" prefetch={false} className="button">
          {shop.words.home}
        </Link>
      </div>
    </Frame>
  );
}
