import { expect, it } from 'vitest';
import type { JoinedLabels } from '../../layers/quality/dataset/labels/index.ts';
import { gzip, labelBench, lines, request, truth } from './labels-helper.ts';

const { join, labelsOf, bytesOf } = labelBench();

/** A repeatable stream of numbers in [0, 1). */
const draws = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

const shuffled = <T>(items: readonly T[], draw: () => number): T[] =>
  items
    .map((item) => ({ item, at: draw() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

const split = (all: string[], parts: number, wrap: (lines: string[]) => string | Buffer): Record<string, string | Buffer> =>
  Object.fromEntries(
    Array.from({ length: parts }, (_, part) => [`part-${part}`, wrap(all.filter((_line, i) => i % parts === part))] as const),
  );

const REQUESTS = 200;
const rowsOf = (i: number): number => (i % 4 === 0 ? 3 : 1);
const RECORDS = {
  first: lines(...Array.from({ length: REQUESTS / 2 }, (_, i) => request(`r${i}`, rowsOf(i)))),
  second: lines(
    ...Array.from({ length: REQUESTS / 2 + 10 }, (_, i) => request(`r${i + REQUESTS / 2 - 10}`, rowsOf(i + REQUESTS / 2 - 10))),
  ),
};

const time = (draw: () => number): object => (draw() < 0.4 ? {} : { inferenceTime: `2024-01-0${1 + Math.floor(draw() * 3)}T00:00:00Z` });
/** Labels that repeat, disagree, come in the wrong number, and fit no request. */
const truths = (draw: () => number, value: (draw: () => number) => unknown): string[] =>
  Array.from({ length: 3 * REQUESTS }, () => {
    const i = Math.floor(draw() * REQUESTS * 1.2);
    const count = draw() < 0.1 ? 2 : rowsOf(i);
    return truth(
      `r${i}`,
      Array.from({ length: count }, () => value(draw)),
      time(draw),
    );
  });

const counts = ({ facts: { files: _files, ...others } }: JoinedLabels) => others;
const oncePerKey = (joined: JoinedLabels) => {
  const { labels: _labels, duplicates: _duplicates, ...others } = counts(joined);
  return others;
};

it.each([
  ['integers', 1, (draw: () => number) => Math.floor(draw() * 2)],
  ['numbers', 2, (draw: () => number) => [0, 1, 0.5][Math.floor(draw() * 3)]],
  ['text and numbers', 3, (draw: () => number) => ['yes', 'no', 1][Math.floor(draw() * 3)]],
])(
  'ground truth of %s gives the same bytes in any order, twice, and in 50 files',
  async (_, seed, value) => {
    const all = truths(draws(seed), value);
    const whole = await join(RECORDS, lines(...all));
    const { matched, unmatched, duplicates, conflicts, mismatched, labels } = whole.facts;
    for (const count of [matched, unmatched, duplicates, conflicts, mismatched]) expect(count).toBeGreaterThan(0);
    expect(labels).toBeGreaterThan(3 * REQUESTS);

    const mixed = await join(RECORDS, lines(...shuffled(all, draws(seed + 10))));
    const parts = await join(
      RECORDS,
      split(shuffled(all, draws(seed + 20)), 50, (part) => lines(...part)),
    );
    const twice = await join(
      RECORDS,
      split(shuffled([...all, ...all], draws(seed + 30)), 50, (part) => gzip(lines(...part))),
    );
    for (const other of [mixed, parts, twice]) {
      expect(bytesOf(other)).toEqual(bytesOf(whole));
      expect(other.dataset.columns).toEqual(whole.dataset.columns);
    }
    for (const other of [mixed, parts]) expect(counts(other)).toEqual(counts(whole));
    expect(oncePerKey(twice)).toEqual(oncePerKey(whole));
    expect(twice.facts.labels).toBe(2 * labels);
    expect(twice.facts.duplicates).toBe(duplicates + labels);
  },
  60_000,
);

it('a table gives the same bytes in any order and in 50 files, of one format or of two', async () => {
  const draw = draws(5);
  const rows = Array.from({ length: 3 * REQUESTS }, () => {
    const i = Math.floor(draw() * REQUESTS * 1.2);
    return {
      event_id: `r${i}`,
      row: Math.floor(draw() * rowsOf(i)),
      label: [0, 1, 0.5][Math.floor(draw() * 3)],
      day: 1 + Math.floor(draw() * 5),
    };
  });
  const csv = rows.map((row) => `${row.event_id},${row.row},${row.label},2024-01-0${row.day}`);
  const json = rows.map(({ day, ...row }) => JSON.stringify({ ...row, time: `2024-01-0${day}T00:00:00Z` }));
  const asCsv = (part: string[]): string => `event_id,row,label,time\n${part.join('\n')}\n`;
  const whole = await join(RECORDS, asCsv(csv));
  expect(whole.facts).toMatchObject({ labels: 3 * REQUESTS, mismatched: 0, rejected: 0 });
  const half = rows.length / 2;
  const others = [
    await join(RECORDS, split(shuffled(csv, draws(6)), 50, asCsv)),
    await join(
      RECORDS,
      split(shuffled(json, draws(7)), 50, (part) => part.join('\n')),
    ),
    await join(RECORDS, { csv: asCsv(csv.slice(0, half)), json: json.slice(half).join('\n') }),
  ];
  for (const other of others) {
    expect(bytesOf(other)).toEqual(bytesOf(whole));
    expect(counts(other)).toEqual(counts(whole));
  }
}, 60_000);

it('every label is the one of its key, a duplicate, in conflict, mismatched or unmatched', async () => {
  const once = lines(...Array.from({ length: REQUESTS }, (_, i) => request(`r${i}`, rowsOf(i))));
  const { facts } = await join(once, lines(...truths(draws(9), (draw) => Math.floor(draw() * 2))));
  expect(facts.labels).toBe(facts.matched + facts.duplicates + facts.conflicts + facts.mismatched + facts.unmatched);
  expect(facts.records).toBe(facts.matched + facts.unlabelled);
});

it('labels are those of a plain loop over the same records', async () => {
  const all = truths(draws(12), (draw) => Math.floor(draw() * 3));
  const best = new Map<string, { time: string; values: Set<number> }>();
  for (const line of all) {
    const { groundTruthData, eventMetadata } = JSON.parse(line) as {
      groundTruthData: { data: string };
      eventMetadata: { eventId: string; inferenceTime?: string };
    };
    const values = JSON.parse(groundTruthData.data) as number[];
    if (values.length !== rowsOf(Number(eventMetadata.eventId.slice(1)))) continue;
    values.forEach((value, row) => {
      const [key, at] = [`${eventMetadata.eventId}/${row}`, eventMetadata.inferenceTime ?? ''];
      const known = best.get(key);
      if (known === undefined || at > known.time) best.set(key, { time: at, values: new Set([value]) });
      else if (at === known.time) known.values.add(value);
    });
  }
  const joined = await join(RECORDS, lines(...all));
  const inputs = (await labelsOf(joined, '_c1')) as string[];
  const expected = inputs.map((key) => {
    const values = [...(best.get(key)?.values ?? [])];
    return values.length === 1 ? BigInt(values[0]!) : null;
  });
  expect(expected.filter((value) => value !== null).length).toBeGreaterThan(REQUESTS / 2);
  expect(await labelsOf(joined)).toEqual(expected);
});
