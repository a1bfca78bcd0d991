import { describe, expect, it } from 'vitest';
import { labelNotes } from '../../layers/quality/usecases/outcome-notes.ts';
import { judge, NOW, notes } from './judge.ts';
import { changed } from './rows.ts';

type Facts = NonNullable<Parameters<typeof labelNotes>[0]>;
const said = (of: Partial<Facts>): string[] =>
  labelNotes({
    ...{ keys: ['id'], matched: 2700, records: 3000, unmatched: 0, conflicts: 0, mismatched: 0, rejected: 0, duplicates: 0, problems: [] },
    ...of,
  } as Facts);

describe('numbers in notes', () => {
  it('have their thousands apart', () => {
    expect(said({ unmatched: 1200, conflicts: 1300, mismatched: 1400, rejected: 1500 })).toEqual([
      'Labels were joined by id: 2,700 of 3,000 rows have one.',
      '1,200 labels belong to none of these rows.',
      '1,300 records have different labels of the same time: they are taken as unlabelled.',
      '1,400 labels came with others than their request has rows for: none of them was used.',
      '1,500 lines of the label files could not be read.',
    ]);
  });

  it('go with one thing as with several', () => {
    expect(said({ matched: 1, unmatched: 1, conflicts: 1, mismatched: 1, rejected: 1 })).toEqual([
      'Labels were joined by id: 1 of 3,000 rows has one.',
      '1 label belongs to none of these rows.',
      '1 record has different labels of the same time: it is taken as unlabelled.',
      '1 label came with others than its request has rows for: it was not used.',
      '1 line of the label files could not be read.',
    ]);
    expect(said({ matched: 0, records: 1, unmatched: 1 })).toEqual([
      'Labels were joined by id: 0 of 1 row has one.',
      '1 label belongs to none of these rows: is it of another day?',
    ]);
  });

  it('do so in notes about rows', async () => {
    const report = await judge(changed(NOW, (_, i) => (i === 5 ? { label: 7 } : {})));
    expect(notes(report)).toContain('1 of 2,000 rows has a label (label) of no class the baseline knows: it is taken as unlabelled.');
  });
});
