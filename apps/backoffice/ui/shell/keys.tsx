'use client';
import { Command } from 'cmdk';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Icon } from '../icon.tsx';
import { Key } from '../page.tsx';
import { useReader } from '../reader-provider.tsx';
import { useKeys } from '../use-keys.ts';
import { places } from './places.ts';

const GO_MS = 1_200;
const helpRows = [
  ['j / k', 'move'],
  ['Enter', 'open'],
  ['a', 'approve'],
  ['e', 'edit'],
  ['r', 'reject'],
  ['u', 'undo'],
  ['/', 'filter'],
  ['g + i c p u s f m j d a e', 'go'],
  ['Ctrl/⌘ K', 'palette'],
  ['?', 'help'],
] as const;

/** Keys that work on every page: palette, help, `g` + letter, `/`. */
export function Keys() {
  const { t } = useReader();
  const router = useRouter();
  const pathname = usePathname();
  const palette = useRef<HTMLDialogElement>(null);
  const help = useRef<HTMLDialogElement>(null);
  const goUntil = useRef(0);

  useKeys((key, event) => {
    if (event.timeStamp < goUntil.current) {
      goUntil.current = 0;
      const place = places.find((candidate) => candidate.key === key);
      if (place) router.push(place.path);
      // The letter belongs to `g`: nothing else may take it.
      event.stopImmediatePropagation();
      return true;
    }
    if (key === 'g') goUntil.current = event.timeStamp + GO_MS;
    else if (key === '?') help.current?.showModal();
    else if (key === '/') {
      const filter = document.querySelector<HTMLInputElement>('input[type="search"]');
      if (!filter) return false;
      filter.focus();
      return true;
    }
    return key === 'g' || key === '?';
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      if (palette.current?.open) palette.current.close();
      else {
        palette.current?.showModal();
        // The list around it can take the focus too, and comes first.
        palette.current?.querySelector('input')?.focus();
      }
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: both close when the page changes
  useEffect(() => {
    palette.current?.close();
    help.current?.close();
  }, [pathname]);

  const go = (path: string) => {
    palette.current?.close();
    router.push(path);
  };
  return (
    <>
      <dialog
        ref={palette}
        aria-label={t('palette.label')}
        className="mt-[12vh] w-[min(32rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-0 shadow-lg"
      >
        <Command label={t('palette.label')}>
          <div className="flex items-center gap-2 border-b border-line px-3">
            <Icon name="search" />
            <Command.Input
              placeholder={t('palette.placeholder')}
              className="w-full bg-transparent py-3 outline-none placeholder:text-muted"
            />
          </div>
          <Command.List className="max-h-80 overflow-y-auto p-2">
            <Command.Empty className="p-4 text-muted">{t('palette.empty')}</Command.Empty>
            {places.map((place) => (
              <Command.Item
                key={place.path}
                value={`${t(`place.${place.icon}`)} ${place.icon}`}
                onSelect={() => go(place.path)}
                className="flex items-center gap-2 rounded px-2 py-2"
              >
                <Icon name={place.icon} />
                <span className="flex-1">{t(`place.${place.icon}`)}</span>
                <Key>g {place.key}</Key>
              </Command.Item>
            ))}
            <Command.Item
              value={`${t('campaign.new')} new`}
              onSelect={() => go('/campaigns/new')}
              className="flex items-center gap-2 rounded px-2 py-2"
            >
              <Icon name="campaigns" /> {t('campaign.new')}
            </Command.Item>
          </Command.List>
        </Command>
      </dialog>
      <dialog
        ref={help}
        aria-labelledby="keys-title"
        className="w-[min(26rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-5"
      >
        <h2 id="keys-title" className="mb-3 text-lg font-semibold">
          {t('keys.title')}
        </h2>
        <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2">
          {helpRows.map(([keys, what]) => (
            <div key={what} className="contents">
              <dt>
                <Key>{keys}</Key>
              </dt>
              <dd>{t(`keys.${what}`)}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-3 text-xs text-muted">{t('keys.note')}</p>
      </dialog>
    </>
  );
}
