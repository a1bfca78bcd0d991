import { expect, it } from 'vitest';
import { workbench } from './helper.ts';

const { one } = workbench();

it('a CSV file of so many columns that every thread would take much of the memory is read by one', async () => {
  const places = Array.from({ length: 1800 }, (_, i) => i);
  const record = (of: (place: number) => string): string => places.map(of).join(',');
  const lines = [record((place) => `c${place}`), ...Array.from({ length: 20 }, (_, row) => record((place) => String(row * place)))];
  const dataset = await one(lines.join('\n'));
  expect(dataset).toMatchObject({ rows: 20, rejected: 0 });
  expect(dataset.columns).toHaveLength(1800);
});
