'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Icon } from '../icon.tsx';
import { useReader } from '../reader-provider.tsx';
import { Logo } from './logo.tsx';
import { groups, places } from './places.ts';

export function Navigation({ shopNow }: { shopNow: string | null }) {
  const { t } = useReader();
  const pathname = usePathname();
  const [isOpen, setIsOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes
  useEffect(() => setIsOpen(false), [pathname]);
  const isHere = (path: string) => (path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`));
  return (
    <>
      <div className="flex items-center justify-between px-4 py-2 md:hidden">
        <Logo />
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls="places"
          onClick={() => setIsOpen(!isOpen)}
          className="flex items-center gap-2 rounded border border-line-strong px-3 py-2"
        >
          <Icon name="menu" /> {t('nav.menu')}
        </button>
      </div>
      <nav id="places" aria-label={t('nav.label')} className={`px-2 pb-3 md:block ${isOpen ? 'block' : 'hidden'}`}>
        {groups.map((group) => (
          <div key={group.name} className="mb-3">
            <p className="px-2 pb-1 text-xs text-muted">{t(`navGroup.${group.name}`)}</p>
            <ul>
              {places
                .filter((place) => group.icons.some((icon) => icon === place.icon))
                .map((place) => (
                  <li key={place.path}>
                    <Link
                      href={place.path}
                      aria-current={isHere(place.path) ? 'page' : undefined}
                      className={`flex items-center gap-2.5 rounded-md px-2 py-1.5 max-md:py-2.5 ${isHere(place.path) ? 'bg-accent-soft font-medium text-accent' : 'hover:bg-sunken'}`}
                    >
                      <Icon name={place.icon} />
                      {t(`place.${place.icon}`)}
                    </Link>
                  </li>
                ))}
            </ul>
          </div>
        ))}
        {shopNow ? (
          <p className="mx-2 rounded bg-warn-soft px-2 py-1 text-xs text-warn">
            {t('nav.demo')} · {shopNow}
          </p>
        ) : null}
      </nav>
    </>
  );
}
