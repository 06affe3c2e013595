import type { Colours } from './colours.ts';

/** Small ornaments for labels, drawn around 0,0 within ±14. */
const MOTIFS: ((c: Colours) => string)[] = [
  (c) => `<path d="M0-14C10-8 10 6 0 14C-10 6-10-8 0-14Z" fill="${c.main}"/><path d="M0-10V12" stroke="${c.paper}" stroke-width="2"/>`,
  (c) =>
    `<circle r="6" fill="${c.accent}"/>${[0, 60, 120, 180, 240, 300].map((turn) => `<ellipse cy="-10" rx="4" ry="5" fill="${c.main}" transform="rotate(${turn})"/>`).join('')}`,
  (c) =>
    `<path d="M-12 0A12 12 0 0 1 12 0Z" fill="${c.main}"/><path d="M-12 4H12" stroke="${c.dark}" stroke-width="3" stroke-linecap="round"/><path d="M-7 10H7" stroke="${c.accent}" stroke-width="3" stroke-linecap="round"/>`,
  (c) => `<circle cx="-5" cy="-3" r="8" fill="${c.accent}"/><circle cx="5" cy="4" r="8" fill="${c.main}" fill-opacity=".85"/>`,
  (c) => `<path d="M0-13L4-4L13-4L6 2L9 12L0 6L-9 12L-6 2L-13-4L-4-4Z" fill="${c.accent}"/>`,
  (c) =>
    `<path d="M-13 6Q-6-12 0 2T13-6" fill="none" stroke="${c.main}" stroke-width="4" stroke-linecap="round"/><circle cx="8" cy="8" r="4" fill="${c.accent}"/>`,
];

export const motif = (c: Colours, pick: number, x: number, y: number, scale = 1): string =>
  `<g transform="translate(${x} ${y}) scale(${scale})">${(MOTIFS[pick % MOTIFS.length] ?? MOTIFS[0])?.(c) ?? ''}</g>`;
