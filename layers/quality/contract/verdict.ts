/** Verdicts, mild to severe. A factor's verdict is the worst of its checks; a report's is its worst factor. */
export const VERDICTS = ['not_applicable', 'pass', 'warn', 'fail', 'error'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const worst = (verdicts: Iterable<Verdict>): Verdict => {
  let rank = 0;
  for (const verdict of verdicts) rank = Math.max(rank, VERDICTS.indexOf(verdict));
  return VERDICTS[rank]!;
};

/** The parts of machine-learning quality a check can be about, in the order reports list them. */
export const FACTORS = [
  'data_quality',
  'stability',
  'accuracy',
  'fairness',
  'transparency',
  'soundness',
  'reliability',
  'security',
  'privacy',
] as const;
export type Factor = (typeof FACTORS)[number];
