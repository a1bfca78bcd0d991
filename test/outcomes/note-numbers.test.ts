import { expect, it } from 'vitest';
import { judge, NOW, notes } from './judge.ts';
import { changed } from './rows.ts';

it('notes about rows have thousands apart, and one thing in the singular', async () => {
  const report = await judge(changed(NOW, (_, i) => (i === 5 ? { label: 7 } : {})));
  expect(notes(report)).toContain(
    '1 of 2,000 rows has a label (label) of no class the baseline knows: found "7", expected "0", "1"; it is taken as unlabelled.',
  );
});
