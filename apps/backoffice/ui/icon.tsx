const paths = {
  inbox: 'M3 13l3-8h12l3 8v6H3zM3 13h5l1.5 3h5L16 13h5',
  campaigns: 'M4 5h16v15H4zM4 10h16M8 3v4M16 3v4M8 14h5',
  try: 'M3 4h3l2.500 11h10L21 8H7M9.500 20a1 1 0 1 0 0-.100zM17.500 20a1 1 0 1 0 0-.100z',
  products: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  users:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3.200 2.500 3.500 5.500',
  segments: 'M12 3v9h9A9 9 0 1 1 12 3zM16 3.500A9 9 0 0 1 20.500 8H16z',
  forecasts: 'M3 20h18M3 16l5-5 4 3 4-6M16 8l5-4M16 8l5 3',
  models: 'M12 3l9 5-9 5-9-5zM3 12.500l9 5 9-5M3 17l9 5 9-5',
  jobs: 'M12 7v5l3 2M21 12a9 9 0 1 1-9-9 9 9 0 0 1 9 9z',
  imports: 'M12 3v12M7 10l5 5 5-5M4 20h16',
  audit: 'M12 3l8 3v6c0 5-3.500 7.500-8 9-4.500-1.500-8-4-8-9V6zM8.500 12l2.500 2.500 4.500-5',
  settings:
    'M4 7h10M18 7h2M4 17h2M10 17h10M16 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM8 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  cross: 'M6 6l12 12M18 6L6 18',
  warn: 'M12 4l9 16H3zM12 10v4M12 17v.500',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM8 12h8',
  menu: 'M4 7h16M4 12h16M4 17h16',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  ai: 'M12 3l1.800 5.200L19 10l-5.200 1.800L12 17l-1.800-5.200L5 10l5.200-1.800zM19 16v5M16.500 18.500h5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 21c.600-4.500 3.400-6.500 7.500-6.500s6.900 2 7.500 6.500',
  out: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
} as const;
export type IconName = keyof typeof paths;

/** Decorative: always beside a word or inside a labelled control. */
export function Icon({ name, size = 18, className = '' }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      className={`shrink-0 ${className}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
