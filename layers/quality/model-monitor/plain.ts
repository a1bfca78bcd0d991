const LONGEST = 80;

/** A name from a file as a line may show it: control and direction characters escaped, and no longer than a line. */
export function plain(name: string): string {
  const letters = [...name];
  const cut = letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : name;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`);
}

const NAMED = 5;

/** Names in a sentence, the first of many. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map((name) => `"${plain(name)}"`);
  return names.length > NAMED ? `${shown.join(', ')} and ${names.length - NAMED} more` : shown.join(', ');
}
