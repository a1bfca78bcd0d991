const LONGEST = 600;

/** What AWS or a user wrote, as a line may show it: one line, control and direction characters escaped, no longer than a paragraph. */
export function clean(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const cut = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`);
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(names: readonly string[]): string {
  const shown = names.map(clean);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** The parts of an ARN that matter here; null where it is none. */
export function parseArn(text: string | undefined): { region: string; account: string; resource: string } | null {
  const match = /^arn:[\w-]+:[\w-]+:([\w-]*):(\d*):(.+)$/.exec(text ?? '');
  return match === null ? null : { region: match[1]!, account: match[2]!, resource: match[3]! };
}

/** Bucket and key of an s3:// address; null where it is none. */
export function parseS3(uri: string): { bucket: string; key: string } | null {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri);
  return match === null ? null : { bucket: match[1]!, key: match[2]! };
}
