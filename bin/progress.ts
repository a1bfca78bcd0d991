import type { Resources } from '../layers/quality/engine/resources.ts';

const WIDTH = 24;
const CLEAR = '\r\u001b[2K';

/** What is drawn of so many parts done of all; nothing once all are. */
export function progressLine(done: number, all: number): string {
  if (done >= all) return '';
  const filled = Math.floor((WIDTH * done) / all);
  return `counting ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor((100 * done) / all)} %`;
}

/** A bar on a terminal, drawn over itself and gone at the end; undefined where nobody looks. */
export function progressOn(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>, quiet: boolean): Resources['progress'] {
  if (quiet || stream.isTTY !== true) return undefined;
  return (done, all) => void stream.write(`${CLEAR}${progressLine(done, all)}`);
}
