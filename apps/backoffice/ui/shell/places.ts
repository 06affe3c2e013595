import type { IconName } from '../icon.tsx';

/** Where one can go: the sidebar, the palette and `g` + letter are this list. */
export const places = [
  { path: '/', icon: 'inbox', key: 'i' },
  { path: '/campaigns', icon: 'campaigns', key: 'c' },
  { path: '/try', icon: 'try', key: 't' },
  { path: '/products', icon: 'products', key: 'p' },
  { path: '/users', icon: 'users', key: 'u' },
  { path: '/segments', icon: 'segments', key: 's' },
  { path: '/forecasts', icon: 'forecasts', key: 'f' },
  { path: '/models', icon: 'models', key: 'm' },
  { path: '/jobs', icon: 'jobs', key: 'j' },
  { path: '/imports', icon: 'imports', key: 'd' },
  { path: '/audit', icon: 'audit', key: 'a' },
  { path: '/settings', icon: 'settings', key: 'e' },
] as const satisfies readonly { path: string; icon: IconName; key: string }[];
export const groups = [
  { name: 'decide', icons: ['inbox', 'campaigns', 'try'] },
  { name: 'shop', icons: ['products', 'users', 'segments'] },
  { name: 'learn', icons: ['forecasts', 'models', 'jobs', 'imports'] },
  { name: 'house', icons: ['audit', 'settings'] },
] as const;
