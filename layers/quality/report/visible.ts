/** Control and direction-changing characters: nothing a column name or a category holds may move a cursor or reverse a line. */
const INVISIBLE = /[\p{Cc}\p{Bidi_Control}\p{Cs}\u200b\u2028\u2029\u2060\ufeff\ufff9-\ufffb\ufffe\uffff]/gu;

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text with everything invisible spelled out: `\n`, `\u{202e}`. */
export const visible = (text: string): string =>
  text.replace(INVISIBLE, (character) => SHORT[character] ?? `\\u{${character.charCodeAt(0).toString(16)}}`);

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\ud83c-\ud83e\ud840-\ud87f][\udc00-\udfff]/;
const MARK = /\p{M}/u;

/** Cells a text takes on a terminal. */
export function cells(text: string): number {
  let width = 0;
  for (const character of text) width += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** A text of at most `width` cells, its end replaced by an ellipsis where it is longer. */
export function shorten(text: string, width: number): string {
  if (cells(text) <= width) return text;
  let short = '';
  let used = 1;
  for (const character of text) {
    used += cells(character);
    if (used > width) break;
    short += character;
  }
  return `${short}…`;
}

export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - cells(text)));

/** Lines of at most `width` cells, broken at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((whole) => chop(whole, width))) {
    if (line !== '' && cells(line) + 1 + cells(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function chop(word: string, width: number): string[] {
  if (cells(word) <= width) return [word];
  const parts = [''];
  for (const character of word) {
    if (cells(parts.at(-1)!) + cells(character) > width) parts.push('');
    parts[parts.length - 1] += character;
  }
  return parts;
}
