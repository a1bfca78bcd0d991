import { z } from 'zod';

export const PROBLEMS = ['binary', 'multiclass', 'regression', 'none'] as const;
export type Problem = Exclude<(typeof PROBLEMS)[number], 'none'>;

/** What an error of either kind costs, in one unit. */
export const costsSchema = z.strictObject({ falsePositive: z.number().nonnegative(), falseNegative: z.number().nonnegative() });

/** Which rows of a column a facet means: some values of it, an interval above < x ≤ upTo, or (both null) every value in turn. */
export const facetSchema = z.strictObject({
  column: z.string(),
  values: z.array(z.string()).nullable(),
  above: z.number().nullable(),
  upTo: z.number().nullable(),
});
export type Facet = z.infer<typeof facetSchema>;

/** A column rows are grouped by: the values told apart, in order; all other values are one group, missing ones another. */
export const groupColumnSchema = z.strictObject({
  /** What groups are named by: the column, or the interval of it. */
  name: z.string(),
  column: z.string(),
  values: z.array(z.string()),
  /** Rows of above < x ≤ upTo are the first of two values; null where values are taken as they are. */
  interval: z.strictObject({ above: z.number().nullable(), upTo: z.number().nullable() }).nullable(),
});
export type GroupColumn = z.infer<typeof groupColumnSchema>;

/** Which columns say how right and how fair the model is, and how they are read. */
export const outcomePlanSchema = z.strictObject({
  problem: z.enum(['binary', 'multiclass', 'regression']),
  label: z.string().nullable(),
  prediction: z.string().nullable(),
  /** One score of the positive class, or one of each class. */
  scores: z.array(z.strictObject({ column: z.string(), class: z.string().nullable() })),
  weight: z.string().nullable(),
  /** Values of labels and predictions in order: of a binary problem those taken for negative (empty: all others), of a multiclass one every class. */
  classes: z.array(z.string()),
  /** Binary: the values taken for positive. */
  positive: z.array(z.string()),
  /** Score at which a row counts as predicted positive where there is no prediction; null where none was given or can be assumed. */
  threshold: z.number().nullable(),
  /** The prediction that is good for whom it is about. */
  favourable: z.enum(['positive', 'negative']),
  groups: z.array(groupColumnSchema),
  facets: z.array(facetSchema),
  /** Names of group columns, one list a segmentation. */
  segments: z.array(z.array(z.string())),
  /** Group column that conditional disparities are conditioned on. */
  groupVariable: z.string().nullable(),
});
export type OutcomePlan = z.infer<typeof outcomePlanSchema>;

export const isInterval = ({ above, upTo }: Pick<Facet, 'above' | 'upTo'>): boolean => above !== null || upTo !== null;

/** The group column of a facet: its column, or the interval of it. */
export const groupNameOf = (facet: Facet): string => (isInterval(facet) ? intervalName(facet) : facet.column);

function intervalName({ column, above, upTo }: Facet): string {
  if (above === null) return `${column} ≤ ${upTo}`;
  return upTo === null ? `${column} > ${above}` : `${above} < ${column} ≤ ${upTo}`;
}

/** Classes that labels and predictions are counted by. */
export const classCount = ({ problem, classes }: OutcomePlan): number => (problem === 'binary' ? 2 : classes.length);
