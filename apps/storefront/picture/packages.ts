import type { Colours } from './colours.ts';
import { motif } from './motifs.ts';

/** A thing on a 200 × 200 canvas standing on y = 168. `pick` varies details. */
export type Drawing = (c: Colours, pick: number) => string;

export const bag: Drawing = (c, pick) => `
  <path d="M62 44H138L146 60V156Q146 168 134 168H66Q54 168 54 156V60Z" fill="${c.main}"/>
  <path d="M62 44H138L144 56H56Z" fill="${c.dark}"/><path d="M60 50H140" stroke="${c.light}" stroke-width="2" stroke-dasharray="4 4"/>
  <rect x="66" y="84" width="68" height="56" rx="10" fill="${c.paper}"/>${motif(c, pick, 100, 108, 1.1)}
  <path d="M82 130H118" stroke="${c.dark}" stroke-width="4" stroke-linecap="round"/><path d="M62 66V150" stroke="${c.light}" stroke-width="4" stroke-linecap="round" opacity=".7"/>`;

export const pouch: Drawing = (c, pick) => `
  <path d="M60 40H140V58L150 150Q151 168 134 168H66Q49 168 50 150L60 58Z" fill="${c.main}"/><rect x="60" y="36" width="80" height="20" rx="4" fill="${c.dark}"/>
  <circle cx="100" cy="112" r="32" fill="${c.paper}"/>${motif(c, pick, 100, 112, 1.4)}<path d="M64 76L58 148" stroke="${c.light}" stroke-width="4" stroke-linecap="round" opacity=".7"/>`;

export const box: Drawing = (c, pick) => `
  <path d="M52 64L130 64V168H52Z" fill="${c.main}"/><path d="M130 64L152 52V156L130 168Z" fill="${c.dark}"/><path d="M52 64L74 52H152L130 64Z" fill="${c.light}"/>
  <rect x="62" y="82" width="58" height="60" rx="8" fill="${c.paper}"/>${motif(c, pick, 91, 106, 1.1)}<path d="M74 130H108" stroke="${c.dark}" stroke-width="4" stroke-linecap="round"/>
  <path d="M52 152H130" stroke="${c.accent}" stroke-width="6"/>`;

export const flatBox: Drawing = (c, pick) => `
  <path d="M36 96H146V168H36Z" fill="${c.main}"/><path d="M146 96L168 80V152L146 168Z" fill="${c.dark}"/><path d="M36 96L58 80H168L146 96Z" fill="${c.light}"/>
  <rect x="48" y="108" width="86" height="48" rx="8" fill="${c.paper}"/>${motif(c, pick, 70, 132, 1)}<path d="M92 124H124M92 136H116" stroke="${c.dark}" stroke-width="4" stroke-linecap="round"/>`;

export const bar: Drawing = (c, pick) => `
  <g transform="rotate(-14 100 110)"><path d="M34 88L42 82V138L34 132L28 138V82Z M166 88L158 82V138L166 132L172 138V82Z" fill="${c.dark}"/><rect x="40" y="82" width="120" height="56" rx="4" fill="${c.main}"/>
  <rect x="62" y="92" width="76" height="36" rx="8" fill="${c.paper}"/>${motif(c, pick, 82, 110, 0.9)}<path d="M100 104H126M100 116H118" stroke="${c.dark}" stroke-width="4" stroke-linecap="round"/><path d="M46 88H154" stroke="${c.light}" stroke-width="3" opacity=".8"/></g>`;

export const jar: Drawing = (c, pick) => `
  <rect x="62" y="40" width="76" height="22" rx="6" fill="${c.accent}"/><path d="M62 50H138" stroke="#fff" stroke-opacity=".4" stroke-width="3"/>
  <path d="M66 62H134Q148 72 148 86V150Q148 168 130 168H70Q52 168 52 150V86Q52 72 66 62Z" fill="${c.light}"/><path d="M52 96H148V150Q148 168 130 168H70Q52 168 52 150Z" fill="${c.main}"/>
  <rect x="68" y="102" width="64" height="46" rx="8" fill="${c.paper}"/>${motif(c, pick, 100, 125, 1.1)}<path d="M60 84V150" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".35"/>`;

export const bottle: Drawing = (c, pick) => `
  <rect x="87" y="26" width="26" height="16" rx="4" fill="${c.accent}"/><path d="M88 42H112V62Q130 74 130 96V154Q130 168 116 168H84Q70 168 70 154V96Q70 74 88 62Z" fill="${c.main}"/>
  <rect x="70" y="100" width="60" height="44" fill="${c.paper}"/>${motif(c, pick, 100, 122, 1.1)}<path d="M80 88V158" stroke="${c.light}" stroke-width="5" stroke-linecap="round" opacity=".8"/>`;

export const pump: Drawing = (c, pick) => `
  <path d="M96 40H104V60H96Z M80 32H116Q122 32 122 38V42H80Z" fill="${c.dark}"/><rect x="84" y="56" width="32" height="14" rx="4" fill="${c.accent}"/>
  <path d="M74 70H126Q138 74 138 90V152Q138 168 122 168H78Q62 168 62 152V90Q62 74 74 70Z" fill="${c.main}"/><rect x="74" y="94" width="52" height="52" rx="8" fill="${c.paper}"/>
  ${motif(c, pick, 100, 116, 1.1)}<path d="M86 138H114" stroke="${c.dark}" stroke-width="4" stroke-linecap="round"/>`;

export const spray: Drawing = (c, pick) => `
  <path d="M70 34H122L130 48H110V62H88V50H70Z" fill="${c.accent}"/><path d="M110 50L120 68" stroke="${c.dark}" stroke-width="6" stroke-linecap="round"/>
  <path d="M86 62H112Q114 78 128 88Q134 94 134 104V154Q134 168 120 168H78Q64 168 64 154V104Q64 94 70 88Q84 78 86 62Z" fill="${c.main}"/><rect x="74" y="104" width="50" height="46" rx="8" fill="${c.paper}"/>${motif(c, pick, 99, 127, 1.1)}`;

export const carton: Drawing = (c, pick) => `
  <path d="M64 70L80 44H120L136 70Z" fill="${c.light}"/><rect x="78" y="34" width="44" height="12" rx="2" fill="${c.dark}"/><rect x="64" y="70" width="72" height="98" rx="4" fill="${c.main}"/>
  <circle cx="116" cy="57" r="8" fill="${c.accent}"/><rect x="72" y="84" width="56" height="62" rx="8" fill="${c.paper}"/>${motif(c, pick, 100, 110, 1.2)}<path d="M84 134H116" stroke="${c.dark}" stroke-width="4" stroke-linecap="round"/>`;

export const tube: Drawing = (c, pick) => `
  <path d="M62 36H138L128 140H72Z" fill="${c.main}"/><path d="M60 32H140V42H60Z" fill="${c.dark}"/><rect x="78" y="140" width="44" height="28" rx="5" fill="${c.accent}"/>
  <path d="M86 144V164M96 144V164M106 144V164M116 144V164" stroke="#fff" stroke-opacity=".45" stroke-width="3"/><rect x="78" y="66" width="44" height="48" rx="8" fill="${c.paper}"/>${motif(c, pick, 100, 90, 1)}`;

export const tin: Drawing = (c, pick) => `
  <path d="M58 66V154Q58 168 100 168T142 154V66Z" fill="${c.main}"/><ellipse cx="100" cy="66" rx="42" ry="13" fill="${c.light}"/><ellipse cx="100" cy="63" rx="36" ry="9" fill="${c.dark}" opacity=".35"/>
  <path d="M58 92Q58 105 100 105T142 92V138Q142 151 100 151T58 138Z" fill="${c.paper}"/>${motif(c, pick, 100, 128, 1.1)}`;

export const rolls: Drawing = (c, pick) => `
  <g stroke="${c.halo}" stroke-width="2"><path d="M40 92V150Q40 168 72 168T104 150V92Z" fill="${c.paper}"/><ellipse cx="72" cy="92" rx="32" ry="14" fill="#fff"/></g><ellipse cx="72" cy="92" rx="10" ry="5" fill="${c.main}"/>
  <g stroke="${c.halo}" stroke-width="2"><path d="M100 92V150Q100 168 132 168T164 150V92Z" fill="${c.paper}"/><ellipse cx="132" cy="92" rx="32" ry="14" fill="#fff"/></g><ellipse cx="132" cy="92" rx="10" ry="5" fill="${c.main}"/>
  ${pick % 2 ? `<path d="M70 60V84Q70 98 102 98T134 84V60Z" fill="${c.paper}" stroke="${c.halo}" stroke-width="2"/><ellipse cx="102" cy="60" rx="32" ry="14" fill="#fff" stroke="${c.halo}" stroke-width="2"/><ellipse cx="102" cy="60" rx="10" ry="5" fill="${c.main}"/>` : ''}
  <path d="M46 128Q72 142 98 128M106 128Q132 142 158 128" stroke="${c.main}" stroke-width="3" fill="none" stroke-dasharray="5 5"/>`;
