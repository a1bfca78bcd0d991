import { expect, it } from 'vitest';
import { OF_CLASSES, ofClasses } from './classes.ts';
import { judge, NOW, notes } from './judge.ts';
import { metricValue, outcomeRows } from './lab.ts';
import { changed } from './rows.ts';

const scoresAlone = ({ prediction: _, ...flags }: typeof OF_CLASSES) => flags;

it('without labels yet, scores of three classes are of a problem of several', async () => {
  const rows = changed(ofClasses(NOW), () => ({ label: null }));
  const report = await judge(rows, scoresAlone(OF_CLASSES), {}, null);
  expect(report.performance!.problem).toBe('multiclass');
  expect(notes(report)).toContain('No row has a label (label).');
});
it('and so they are where labels of two of them have come', async () => {
  const rows = ofClasses(NOW).filter(({ label, prediction }) => ![label, prediction].some((each) => String(each) === 'c'));
  const report = await judge(rows, OF_CLASSES, {}, null);
  expect(report.performance!.problem).toBe('multiclass');
  expect(metricValue(report, 'accuracy')).toBeCloseTo(
    rows.filter(({ label, prediction }) => label === prediction).length / rows.length,
    12,
  );
});
it('too many classes of which all are numbers ask for a regression', async () => {
  const rows = changed(NOW, (_, i) => ({ label: i % 60, prediction: i % 59 }));
  const report = await judge(rows, { label: 'label', prediction: 'prediction', problem: 'multiclass' }, {}, null);
  expect(outcomeRows(report)).toEqual([]);
  expect(notes(report)).toContain(
    'Accuracy is not judged: labels have more than 50 classes; all are numbers (--problem regression takes them as such).',
  );
});
