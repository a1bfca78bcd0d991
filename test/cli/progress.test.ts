import { describe, expect, it } from 'vitest';
import { progressLine, progressOn } from '../../bin/progress.ts';

describe('Progress', () => {
  it('is a bar that fills, and is gone at the end', () => {
    expect(progressLine(0, 8)).toBe(`counting ${'░'.repeat(24)} 0 %`);
    expect(progressLine(2, 8)).toBe(`counting ${'█'.repeat(6)}${'░'.repeat(18)} 25 %`);
    expect(progressLine(8, 8)).toBe('');
  });
  it('is drawn over itself on a terminal, and nowhere else', () => {
    const written: string[] = [];
    const stream = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) > 0 }) as unknown as NodeJS.WriteStream;
    expect(progressOn(stream(false), false)).toBeUndefined();
    expect(progressOn(stream(true), true)).toBeUndefined();
    const progress = progressOn(stream(true), false)!;
    progress(1, 2);
    progress(2, 2);
    expect(written).toEqual([`\r\u001b[2K${progressLine(1, 2)}`, '\r\u001b[2K']);
  });
});
