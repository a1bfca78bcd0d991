import { describe, expect, it } from 'vitest';
import { shortenApart } from '../../layers/quality/report/shorten-apart.ts';
import { cells } from '../../layers/quality/report/visible.ts';

const LONG = ['a rather long value 1 of six', 'a rather long value 2 of six', 'short'];

describe('names cut to a width', () => {
  it('are cut at the end where that leaves them apart', () => {
    expect(shortenApart(['Less than 25', 'Greater than 45', 'Less'], 8)).toEqual(['Less th…', 'Greater…', 'Less']);
    expect(shortenApart(['the same', 'the same'], 5)).toEqual(['the …', 'the …']);
  });

  it('keep what differs: with all that follows where there is room', () => {
    expect(shortenApart(LONG, 16)).toEqual(['a rathe…1 of six', 'a rathe…2 of six', 'short']);
    expect(shortenApart(LONG, 8)).toEqual(['a r…1 o…', 'a r…2 o…', 'short']);
  });

  it('keep apart what differs in several places', () => {
    const names = [1, 2].flatMap((i) => [3, 4].map((j) => `${'x'.repeat(20)}${i}${'y'.repeat(20)}${j}`));
    const short = shortenApart(names, 12);
    expect(new Set(short).size).toBe(4);
    for (const name of short) expect(cells(name)).toBeLessThanOrEqual(12);
  });

  it('know wide characters', () => {
    const short = shortenApart(['日本語の長い名前一', '日本語の長い名前二'], 10);
    expect(new Set(short).size).toBe(2);
    for (const name of short) expect(cells(name)).toBeLessThanOrEqual(10);
  });
});
