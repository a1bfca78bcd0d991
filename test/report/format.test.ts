import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatNumber,
  formatPeriod,
  formatPoints,
  formatPValue,
  formatShare,
  formatTicks,
  formatTime,
} from '../../layers/quality/report/format.ts';
import { cells, shorten, visible, wrap } from '../../layers/quality/report/visible.ts';

describe('numbers', () => {
  it.each([
    [0.30000000000000004, '0.3'],
    [48211, '48,200'],
    [1234567, '1,230,000'],
    [-0.05, '−0.05'],
    [0.00001234, '1.23e-5'],
    [0.000123456, '0.000123'],
    [1.5e15, '1.5e15'],
    [0, '0'],
    [-0, '0'],
    [999.96, '1,000'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('writes %d as %s: three digits that matter', (value, text) => expect(formatNumber(value)).toBe(text));

  it('writes counts whole', () => expect([formatCount(48211), formatCount(-3), formatCount(0)]).toEqual(['48,211', '−3', '0']));
  it('writes sums of weights that have no last digit in powers of ten', () =>
    expect([formatCount(2e22), formatCount(-123456789012345680)]).toEqual(['2e22', '−1.23e17']));

  it('never calls 0 % or 100 % what is only nearly so', () => {
    expect([0, 1e-6, 0.3127, 0.99999, 1].map(formatShare)).toEqual(['0 %', '< 0.01 %', '31.3 %', '> 99.9 %', '100 %']);
    expect([0.28, 0.01, -0.01, 0.011].map(formatPoints)).toEqual(['28 points', '1 point', '−1 point', '1.1 points']);
  });

  it('bounds small p-values', () => expect([1e-9, 0.01234, 1].map((p) => formatPValue(p))).toEqual(['p < 0.0001', 'p = 0.0123', 'p = 1']));

  it('gives axis labels the digits that tell them apart', () => {
    expect(formatTicks([2026.1, 2026.4])).toEqual(['2,026.1', '2,026.4']);
    expect(formatTicks([0, 30000, 120000, 2.5e6])).toEqual(['0', '30k', '120k', '2.5M']);
  });

  it('writes sizes in decimal units', () => expect([512, 2481332, 1e12].map(formatBytes)).toEqual(['512 bytes', '2.48 MB', '1 TB']));
});

describe('times', () => {
  it('are UTC, to the minute where the seconds are zero', () => {
    expect(formatTime('2026-11-22T15:00:00+01:00')).toBe('2026-11-22 14:00 UTC');
    expect(formatTime('2026-11-22T14:00:07.250Z')).toBe('2026-11-22 14:00:07 UTC');
    expect(formatTime('yesterday')).toBe('yesterday');
    expect(formatPeriod('2026-11-01T00:00:00Z', null)).toBe('from 2026-11-01 00:00 UTC');
  });
});

describe('text', () => {
  it('spells out what would move a cursor or reverse a line', () => {
    expect(visible('a\n\u001b[31m\u202eb\ud800')).toBe('a\\n\\u{1b}[31m\\u{202e}b\\u{d800}');
    expect(visible('Straße 日本 😀 é')).toBe('Straße 日本 😀 é');
  });

  it('knows how wide it is', () => {
    expect(cells('日本é\u0301')).toBe(5);
    expect(shorten('日本語です', 6)).toBe('日本…');
    expect(wrap('one two abcdefghij', 5)).toEqual(['one', 'two', 'abcde', 'fghij']);
  });
});
