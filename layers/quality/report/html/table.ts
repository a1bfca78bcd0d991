import { type Content, html, type Markup } from './escape.ts';

/** A head that starts with `<` stands over text, at the left; a name of the data comes as markup. */
const headCell = (head: string | Markup): Markup =>
  typeof head === 'string' && head.startsWith('<')
    ? html`<th scope="col" class="text">${head.slice(1)}</th>`
    : html`<th scope="col">${head}</th>`;

/** A table that scrolls by itself, by keyboard too. */
export const scrollTable = (label: string, heads: (string | Markup)[], rows: Content[], kind = ''): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table${kind !== '' && html` class="${kind}"`}><thead><tr>${heads.map(headCell)}</tr></thead><tbody>${rows}</tbody></table></div>`;

/** The same under a heading of its name. */
export const table = (label: string, heads: string[], rows: Content[], kind = ''): Markup =>
  html`<h3>${label}</h3>${scrollTable(label, heads, rows, kind)}`;

/** Something for those who look for it. */
export const folded = (label: string, inside: Content): Markup =>
  html`<details class="more"><summary>${label}</summary><div class="folded">${inside}</div></details>`;
