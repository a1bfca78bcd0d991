import { expect, it } from 'vitest';
import { DAY, HOUR, lab, MONITOR } from './lab.ts';

const CLASSES = ['cat', 'dog', 'bird'];
const rowsOf = (hour: number, count: number): string => {
  const lines = Array.from({ length: count }, (_, i) => {
    const [k, right] = [i % 3, i % 5 !== 0];
    const scores = CLASSES.map((_, at) => (at === k ? 0.7 : 0.15));
    const at = new Date(hour * HOUR + (i * HOUR) / count).toISOString();
    return [`${hour}-${i}`, at, CLASSES[k], CLASSES[right ? k : (k + 1) % 3], ...scores].join(',');
  });
  return `id,at,prediction,outcome,p_cat,p_dog,p_bird\n${lines.join('\n')}\n`;
};

it('a monitor says of which class each score is, and what needs them is measured of windows', async () => {
  const scores = Object.fromEntries(CLASSES.map((name) => [`p_${name}`, { role: 'score', type: 'number', class: name }]));
  const { id, at, prediction, outcome } = MONITOR.columns;
  const { arrive, audit } = lab({
    ...{ problem: 'multiclass', positive: undefined, segments: undefined, labels: undefined },
    columns: { id, at, prediction, outcome, ...scores },
  });
  const first = DAY / HOUR;
  const reference = Array.from({ length: 48 }, (_, i) => rowsOf(first - 48 + i, 60));
  await arrive(
    'monitors/m/baseline/input/reference.csv',
    [reference[0]!, ...reference.slice(1).map((text) => text.replace(/^.*\n/, ''))].join(''),
  );
  await arrive('data/a.csv', rowsOf(first, 300));
  const { report } = await audit(DAY, DAY + HOUR);
  expect(report.notes.filter((note) => note.includes('is not used'))).toEqual([]);
  const brier = report.metrics.find(({ metric, segment }) => metric === 'brier_score' && segment === null)!;
  expect(brier.value).toBeCloseTo(0.8 * (0.09 + 2 * 0.0225) + 0.2 * (0.49 + 0.7225 + 0.0225), 9);
  expect(report.checks.find(({ id }) => id === 'performance/brier_score')?.verdict).toBe('pass');
});
