import { visible } from './visible.ts';

const SPECIAL = /[\\`*_{}[\]<>()#+|~!&@:-]/g;

/** Text that stays text: nothing in it is read as Markdown, HTML, a mention or a link. */
export const mark = (text: string): string =>
  visible(text).replace(SPECIAL, (character) => (HARMLESS.has(character) ? character : `&#${character.charCodeAt(0)};`));
const HARMLESS = new Set(['(', ')', '-', '+', '!', '#', ':']);

export const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
