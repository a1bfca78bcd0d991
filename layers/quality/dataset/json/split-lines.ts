const LF = 0x0a;

/** A line or longer than this is rejected unread. */
export const LONGEST_LINE = 64 << 20;

export interface Line {
  number: number;
  bytes: Buffer;
  problem?: string;
}

/** Splits bytes at line feeds, in batches; memory holds one line at most. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  let parts: Buffer[] = [];
  let held = 0;
  let number = 1;
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      parts.push(chunk.subarray(from, end));
      lines.push(toLine(parts, number++, held));
      parts = [];
      held = 0;
      from = end + 1;
    }
    held += chunk.length - from;
    if (held <= LONGEST_LINE) parts.push(chunk.subarray(from));
    yield lines;
  }
  if (held > 0) yield [toLine(parts, number, held)];
}

const toLine = (parts: Buffer[], number: number, held: number): Line => {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  return held > LONGEST_LINE
    ? { number, bytes: bytes.subarray(0, 1000), problem: `a line longer than ${LONGEST_LINE >> 20} MB` }
    : { number, bytes };
};
