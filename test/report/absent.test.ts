import { describe, expect, it } from 'vitest';
import type { PerformanceSection } from '../../layers/quality/contract/outcome-report.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { whyAbsent } from '../../layers/quality/report/absent.ts';
import { outcomes } from './model-reports.ts';

/** A report in which nothing of the model was judged; null for one without a section of its performance. */
function unjudged(section: Partial<PerformanceSection> | null, more: Partial<Report> = {}): Report {
  const { performance, ...report } = outcomes();
  return { ...report, checks: [], metrics: [], notes: [], ...(section && { performance: { ...performance!, ...section } }), ...more };
}

const NONE = { rows: { all: 100, labelled: 0, judged: 0 } };
const LABELLED = { rows: { all: 100, labelled: 100, judged: 0 } };
const EMPTY = { subject: { ...outcomes().subject, rows: 0 } };
const WEIGHTLESS = { notes: ['No row has a weight (w) above 0: there is nothing to judge.'] };
const NOTE = { notes: ['Accuracy is not judged: labels have more than 50 classes.'] };

describe('a factor without a verdict says what is lacking', () => {
  it.each([
    ['no labels', unjudged(null), 'needs labels: name their column with', 'needs facets'],
    ['a note', unjudged(null, NOTE), 'for what the notes say', 'needs facets'],
    ['no rows', unjudged(null, EMPTY), 'no rows', 'no rows'],
    ['no rows with an outcome', unjudged(NONE, EMPTY), 'no rows', 'no rows'],
    ['no weights', unjudged({ ...LABELLED, weight: 'w' }, WEIGHTLESS), 'no row has a weight (w) above 0', 'no row has a weight (w)'],
    ['only missing labels', unjudged(NONE), 'no row has a label (repaid)', 'needs facets'],
    ['texts for numbers', unjudged({ ...NONE, problem: 'regression' }), 'no row has a number as label (repaid)', 'this one is regression'],
    ['no predictions', unjudged({ ...LABELLED, prediction: null, score: null }), 'needs predictions', 'needs predictions'],
    ['scores that decide nothing', unjudged({ ...LABELLED, prediction: null, threshold: null }), 'needs predictions', 'needs predictions'],
    ['labels and predictions of other rows', unjudged(LABELLED), 'no row has both a label and a prediction', 'needs facets'],
    ['no baseline', unjudged({}, { baseline: null }), 'a baseline with labels would say whether it fell', 'needs facets'],
    ['a baseline without outcomes', unjudged({}), 'the baseline has nothing to compare it with', 'needs facets'],
  ])('%s', (_, report, accuracy, fairness) => {
    expect(whyAbsent(report, 'accuracy')).toContain(accuracy);
    expect(whyAbsent(report, 'fairness')).toContain(fairness);
  });

  it('has nothing to compare where there are no rows', () => {
    expect(whyAbsent(unjudged(null, EMPTY), 'stability')).toBe('no rows');
    expect(whyAbsent(unjudged(null, { ...EMPTY, baseline: null }), 'stability')).toContain('no baseline');
  });
});
