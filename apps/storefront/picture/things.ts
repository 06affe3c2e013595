import { motif } from './motifs.ts';
import type { Drawing } from './packages.ts';

export const pan: Drawing = (c) => `
  <path d="M118 116L176 84" stroke="${c.dark}" stroke-width="13" stroke-linecap="round"/><circle cx="174" cy="85" r="3.5" fill="${c.ground}"/>
  <ellipse cx="82" cy="126" rx="58" ry="40" fill="${c.main}"/><ellipse cx="82" cy="118" rx="58" ry="38" fill="${c.light}"/><ellipse cx="82" cy="120" rx="47" ry="29" fill="${c.dark}"/><path d="M50 108Q64 96 86 96" stroke="#fff" stroke-opacity=".35" stroke-width="5" fill="none" stroke-linecap="round"/>`;
export const knife: Drawing = (c) => `
  <g transform="rotate(-38 100 104)"><path d="M20 92H122V118H52Q26 112 20 92Z" fill="#dfe5ea"/><path d="M20 92H122V98H24Z" fill="#f6f8fa"/><rect x="118" y="88" width="10" height="30" rx="2" fill="#9aa4ad"/><rect x="126" y="90" width="58" height="24" rx="10" fill="${c.main}"/><circle cx="142" cy="102" r="3" fill="${c.light}"/><circle cx="166" cy="102" r="3" fill="${c.light}"/></g>`;
export const bowl: Drawing = (c, pick) => `
  <path d="M34 92H166Q164 154 122 160L126 168H74L78 160Q36 154 34 92Z" fill="${c.main}"/><ellipse cx="100" cy="92" rx="66" ry="15" fill="${c.light}"/><ellipse cx="100" cy="94" rx="56" ry="10" fill="${c.dark}" opacity=".5"/><path d="M48 116Q100 138 152 116" stroke="${pick % 2 ? c.accent : c.paper}" stroke-width="6" fill="none"/>`;
export const press: Drawing = (c) => `
  <path d="M98 24H102V56H98Z" fill="#8b949c"/><circle cx="100" cy="24" r="8" fill="${c.dark}"/><path d="M60 52H140V64H60Z" fill="${c.dark}"/><path d="M66 64H134V162H66Z" fill="#e9f1f4"/><path d="M66 96H134V162H66Z" fill="${c.main}"/>
  <path d="M134 76H158V136H134" fill="none" stroke="${c.dark}" stroke-width="9" stroke-linejoin="round"/><rect x="58" y="158" width="84" height="10" rx="4" fill="${c.dark}"/><path d="M76 74V150" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".5"/>`;
export const board: Drawing = (c) => `
  <g transform="rotate(-8 100 110)"><rect x="46" y="64" width="108" height="100" rx="16" fill="#d9a66b"/><rect x="84" y="30" width="32" height="46" rx="14" fill="#d9a66b"/><circle cx="100" cy="48" r="7" fill="${c.ground}"/><path d="M60 92Q100 82 140 92M60 116Q100 106 140 116M60 140Q100 130 140 140" stroke="#b98449" stroke-width="3" fill="none"/></g>`;
export const tray: Drawing = (c) => `
  <path d="M28 112H172L158 158Q156 166 146 166H54Q44 166 42 158Z" fill="${c.main}"/><path d="M20 104H180V116H20Z" fill="${c.dark}"/><path d="M54 104Q60 74 78 92Q92 60 108 90Q128 66 144 104Z" fill="#e6b877"/><path d="M72 100Q78 90 84 98M104 98Q110 86 118 96" stroke="#b9803f" stroke-width="4" fill="none" stroke-linecap="round"/>`;
export const scarf: Drawing = (c) => `
  <path d="M58 62Q100 26 142 62Q150 92 100 100Q50 92 58 62Z" fill="${c.dark}"/><path d="M52 66Q54 104 100 110Q146 104 148 66Q156 116 100 124Q44 116 52 66Z" fill="${c.main}"/><path d="M84 112H118L126 166H80Z" fill="${c.main}"/><path d="M82 134H121M81 148H123" stroke="${c.accent}" stroke-width="7"/><path d="M82 166V176M92 166V176M102 166V176M112 166V176M122 166V176" stroke="${c.dark}" stroke-width="4" stroke-linecap="round"/>`;
export const beanie: Drawing = (c) => `
  <circle cx="100" cy="44" r="17" fill="${c.accent}"/><path d="M44 136Q42 58 100 56Q158 58 156 136Z" fill="${c.main}"/><path d="M70 130Q72 84 90 62M100 130V60M130 130Q128 84 110 62" stroke="${c.dark}" stroke-width="4" fill="none" opacity=".5"/><rect x="36" y="126" width="128" height="36" rx="16" fill="${c.light}"/><path d="M54 132V156M72 132V156M90 132V156M110 132V156M128 132V156M146 132V156" stroke="${c.main}" stroke-width="5" stroke-linecap="round"/>`;
export const gloves: Drawing = (c) => {
  const one = `<path d="M-26 46V-2Q-26-34-14-46Q0-58 16-46Q26-34 26-6L38-20Q48-26 52-16Q52-6 42 8L26 30V46Z"/>`;
  return `<g fill="${c.main}" transform="translate(64 98) rotate(-8)">${one}<rect x="-30" y="42" width="60" height="22" rx="8" fill="${c.accent}"/></g><g fill="${c.dark}" transform="translate(130 104) rotate(8) scale(-1 1)">${one}<rect x="-30" y="42" width="60" height="22" rx="8" fill="${c.accent}"/></g>`;
};
export const jacket: Drawing = (c, pick) => `
  ${pick % 2 ? `<path d="M58 58L26 138L46 148L66 100ZM142 58L174 138L154 148L134 100Z" fill="${c.dark}"/>` : ''}<path d="M62 50L84 38H116L138 50L146 164H54Z" fill="${c.main}"/><path d="M84 38Q100 62 116 38L110 32H90Z" fill="${c.light}"/><path d="M100 54V164" stroke="${c.paper}" stroke-width="4"/>
  <path d="M57 84H96M104 84H143M56 112H96M104 112H144M55 140H96M104 140H145" stroke="${c.dark}" stroke-width="4" opacity=".7"/><circle cx="108" cy="70" r="3" fill="${c.accent}"/>`;
export const socks: Drawing = (c) => {
  const one = (x: number, y: number) =>
    `<g transform="translate(${x} ${y})"><path d="M0 0H38V66L70 96Q82 112 66 122Q50 128 34 112L2 84Q0 80 0 72Z" fill="${c.main}"/><path d="M0 0H38V18H0Z" fill="${c.accent}"/><path d="M0 34H38M0 48H38" stroke="${c.light}" stroke-width="6"/><path d="M70 96Q82 112 66 122Q58 125 50 122Z" fill="${c.dark}"/></g>`;
  return one(78, 34) + one(44, 46);
};
export const pot: Drawing = (c, pick) => `
  <path d="M100 96Q60 88 62 50Q98 52 100 96Q102 40 140 36Q146 84 100 96Z" fill="hsl(125 40% 42%)"/><path d="M100 98Q96 70 76 60M100 98Q104 66 128 50" stroke="hsl(125 45% 30%)" stroke-width="3" fill="none"/>${pick % 2 ? motif(c, 1, 100, 52, 1.2) : ''}<path d="M58 94H142V112H58Z" fill="${c.dark}"/><path d="M64 112H136L126 168H74Z" fill="${c.main}"/><path d="M76 122L82 158" stroke="${c.light}" stroke-width="5" stroke-linecap="round"/>`;
export const shears: Drawing = (c) => `
  <g transform="rotate(24 100 100)"><path d="M92 104Q78 60 96 24Q112 62 108 104Z" fill="#cfd6dc"/><path d="M108 104Q120 62 104 26Q92 62 94 104Z" fill="#e8edf1"/><path d="M92 102Q66 130 70 172" stroke="${c.main}" stroke-width="14" fill="none" stroke-linecap="round"/><path d="M108 102Q134 130 130 172" stroke="${c.dark}" stroke-width="14" fill="none" stroke-linecap="round"/><circle cx="100" cy="104" r="8" fill="#77818a"/></g>`;
export const wateringCan: Drawing = (c) => `
  <path d="M124 76Q178 74 162 148" fill="none" stroke="${c.dark}" stroke-width="10"/><path d="M68 128L30 76" stroke="${c.main}" stroke-width="14"/><path d="M18 84L44 66" stroke="${c.dark}" stroke-width="12" stroke-linecap="round"/><path d="M64 84H138L146 168H58Z" fill="${c.main}"/><ellipse cx="101" cy="84" rx="37" ry="9" fill="${c.dark}"/><path d="M64 118H141" stroke="${c.light}" stroke-width="6"/>`;
export const lantern: Drawing = (c) => `
  <path d="M78 48Q100 10 122 48" fill="none" stroke="${c.dark}" stroke-width="6"/><path d="M70 62L84 44H116L130 62Z" fill="${c.dark}"/><rect x="68" y="62" width="64" height="92" fill="#fff3c9"/><path d="M100 98Q116 116 100 136Q84 116 100 98Z" fill="#f5a623"/><rect x="92" y="134" width="16" height="20" fill="${c.paper}"/><path d="M68 62V154M132 62V154M100 62V92" stroke="${c.dark}" stroke-width="6"/><rect x="58" y="152" width="84" height="16" rx="4" fill="${c.dark}"/>`;
export const train: Drawing = (c) => `
  <path d="M42 96H100V140H42Z" fill="${c.main}"/><path d="M96 56H154V140H96Z" fill="${c.accent}"/><rect x="108" y="70" width="34" height="28" rx="4" fill="${c.paper}"/><path d="M90 48H160V60H90Z" fill="${c.dark}"/><path d="M54 66H74L70 96H58Z" fill="${c.dark}"/><rect x="32" y="136" width="132" height="12" rx="4" fill="${c.dark}"/>
  <g fill="#d9a66b" stroke="#a8763e" stroke-width="5"><circle cx="60" cy="152" r="15"/><circle cx="100" cy="152" r="15"/><circle cx="140" cy="152" r="15"/></g><circle cx="64" cy="40" r="8" fill="#fff" opacity=".9"/><circle cx="78" cy="28" r="6" fill="#fff" opacity=".7"/>`;
export const bear: Drawing = (c) => `
  <g fill="${c.main}"><circle cx="70" cy="48" r="16"/><circle cx="130" cy="48" r="16"/><circle cx="100" cy="72" r="40"/><ellipse cx="100" cy="136" rx="40" ry="34"/><ellipse cx="56" cy="126" rx="14" ry="22" transform="rotate(30 56 126)"/><ellipse cx="144" cy="126" rx="14" ry="22" transform="rotate(-30 144 126)"/><circle cx="74" cy="162" r="16"/><circle cx="126" cy="162" r="16"/></g>
  <g fill="${c.light}"><circle cx="70" cy="48" r="8"/><circle cx="130" cy="48" r="8"/><ellipse cx="100" cy="84" rx="18" ry="14"/><ellipse cx="100" cy="140" rx="22" ry="20"/></g><g fill="#2b2119"><circle cx="86" cy="66" r="4.5"/><circle cx="114" cy="66" r="4.5"/><ellipse cx="100" cy="78" rx="6" ry="4.5"/></g><path d="M100 82V88" stroke="#2b2119" stroke-width="3"/><path d="M84 108L100 114L116 108V122L100 116L84 122Z" fill="${c.accent}"/>`;
export const blocks: Drawing = (c) => `
  <rect x="36" y="112" width="56" height="56" rx="6" fill="${c.main}"/><rect x="104" y="112" width="56" height="56" rx="6" fill="${c.accent}"/><rect x="68" y="52" width="56" height="56" rx="6" fill="${c.dark}"/><circle cx="64" cy="140" r="15" fill="${c.paper}"/><path d="M132 124L148 154H116Z" fill="${c.paper}"/><rect x="84" y="68" width="24" height="24" rx="3" fill="${c.paper}"/>`;
export const puzzle: Drawing = (c) => `
  <g transform="rotate(-6 100 106)"><path d="M44 52H90Q82 36 98 34Q114 36 106 52H152V98Q168 90 170 106Q168 122 152 114V160H44Z" fill="${c.main}"/><path d="M98 52V160M44 106H152" stroke="${c.paper}" stroke-width="4"/><path d="M98 76Q84 70 84 80T98 84M72 106Q66 92 76 92T80 106M98 128Q112 122 112 132T98 136" fill="${c.accent}" stroke="${c.paper}" stroke-width="4"/></g>`;
export const brush: Drawing = (c) => `
  <g transform="rotate(-32 100 104)"><rect x="98" y="92" width="84" height="20" rx="10" fill="${c.dark}"/><rect x="20" y="80" width="90" height="36" rx="16" fill="${c.main}"/><path d="M32 116V142M44 116V146M56 116V147M68 116V147M80 116V146M92 116V142" stroke="${c.accent}" stroke-width="6" stroke-linecap="round"/></g>`;
export const sponges: Drawing = (c) => `
  <g><rect x="46" y="56" width="84" height="30" rx="8" fill="${c.accent}"/><path d="M46 78H130V92Q130 100 122 100H54Q46 100 46 92Z" fill="${c.dark}"/><rect x="64" y="106" width="92" height="40" rx="8" fill="${c.main}"/><path d="M64 138H156V158Q156 168 146 168H74Q64 168 64 158Z" fill="${c.dark}"/></g><g fill="#fff" opacity=".55"><circle cx="84" cy="120" r="4"/><circle cx="104" cy="126" r="5"/><circle cx="128" cy="118" r="4"/><circle cx="68" cy="68" r="4"/><circle cx="96" cy="70" r="5"/></g>`;
export const razor: Drawing = (c) => `
  <g transform="rotate(28 100 104)"><rect x="60" y="38" width="80" height="28" rx="8" fill="${c.dark}"/><path d="M68 46H132M68 52H132M68 58H132" stroke="#dbe3e8" stroke-width="3"/><path d="M92 64H108L112 166Q112 176 100 176T88 166Z" fill="${c.main}"/><path d="M95 92V158" stroke="${c.light}" stroke-width="4" stroke-linecap="round"/></g>`;
export const mug: Drawing = (c, pick) => `
  <path d="M128 84Q172 82 164 122Q158 146 124 142" fill="none" stroke="${c.dark}" stroke-width="12"/><path d="M46 68H136V146Q136 168 114 168H68Q46 168 46 146Z" fill="${c.main}"/><ellipse cx="91" cy="68" rx="45" ry="11" fill="${c.light}"/><ellipse cx="91" cy="69" rx="36" ry="7" fill="${c.dark}"/>${motif({ ...c, main: c.paper }, pick, 91, 120, 1.5)}`;
