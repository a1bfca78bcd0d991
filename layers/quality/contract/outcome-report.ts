import { z } from 'zod';
import { costsSchema } from './outcomes.ts';

const pair = z.tuple([z.number(), z.number()]);
const shareSchema = z.strictObject({ value: z.number(), low: z.number(), high: z.number(), rows: z.number() });
export type RateEntry = z.infer<typeof shareSchema>;

/** How a model did on the rows whose outcome is known: what a table of numbers cannot show. */
export const performanceSchema = z.strictObject({
  problem: z.enum(['binary', 'multiclass', 'regression']),
  label: z.string().nullable(),
  prediction: z.string().nullable(),
  score: z.string().nullable(),
  /** Column of the rows' weights, which shares and counts of outcomes are then of; absent where every row counts as one. */
  weight: z.string().optional(),
  /** Values taken for the positive class. */
  positive: z.array(z.string()),
  /** Score from which a row counts as predicted positive. */
  threshold: z.number().nullable(),
  rows: z.strictObject({ all: z.number(), labelled: z.number(), judged: z.number() }),
  /** There where labels came for one prediction more often than for another, unlike in the baseline: what is measured is then not of all rows. */
  unevenLabels: z.literal(true).optional(),
  /** What became of labels that came by another road; nothing of how they were delivered, so that it may differ. */
  labels: z
    .strictObject({
      matched: z.number(),
      unmatched: z.number(),
      conflicts: z.number(),
      mismatched: z.number(),
      rejected: z.number(),
      keys: z.array(z.string()),
    })
    .nullable(),
  /** Weights by true class (row) and predicted class (column). */
  confusion: z
    .strictObject({ classes: z.array(z.string()), cells: z.array(z.array(z.number())), baseline: z.array(z.array(z.number())).nullable() })
    .nullable(),
  /** False and true positive rate, from (0, 0) to (1, 1). */
  roc: z.strictObject({ current: z.array(pair), baseline: z.array(pair).nullable() }).nullable(),
  /** Recall and precision, from recall 1 downwards. */
  precisionRecall: z.strictObject({ current: z.array(pair), baseline: z.array(pair).nullable() }).nullable(),
  /** Of the top share of scores: the share of all positives among them, and how many times a random draw's. */
  gains: z.array(z.strictObject({ share: z.number(), gain: z.number(), lift: z.number() })).nullable(),
  /** Of several classes: both curves of each against the rest, of at most twelve, those of most rows first. */
  byClass: z.array(z.strictObject({ class: z.string(), roc: z.array(pair), precisionRecall: z.array(pair) })).optional(),
  /** Tenths of the score: mean score against the share of positives, with its interval. Of several classes of the highest score, against how often its class is the label. */
  reliability: z
    .array(
      z.strictObject({
        from: z.number(),
        to: z.number(),
        rows: z.number(),
        meanScore: z.number(),
        rate: z.number(),
        low: z.number(),
        high: z.number(),
      }),
    )
    .nullable(),
  /** The threshold that would have cost least a row, beside the one in force; errors of either kind cost 1 unless it was said. */
  sweep: z
    .strictObject({
      costs: costsSchema.optional(),
      cheapest: z.strictObject({ threshold: z.number(), cost: z.number() }),
      current: z.strictObject({ threshold: z.number(), cost: z.number() }).nullable(),
    })
    .nullable(),
  /** Of a regression: the errors (prediction − label) by tenths of the rows in order of their prediction, with the interval of their mean. */
  residuals: z
    .array(
      z.strictObject({
        from: z.number(),
        to: z.number(),
        rows: z.number(),
        meanError: z.number(),
        low: z.number(),
        high: z.number(),
        meanAbsoluteError: z.number(),
      }),
    )
    .nullable()
    .optional(),
  /** What the baseline's rows with a label came to, of the metrics over all rows. */
  baseline: z
    .array(
      z.strictObject({
        metric: z.string(),
        parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
        value: z.number(),
      }),
    )
    .optional(),
  /** What the scores alone promise, beside what came where labels are known. */
  estimates: z.array(
    z.strictObject({
      metric: z.string(),
      estimate: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      realised: z.number().nullable(),
      baseline: z.number().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  /** The segments that differ most from all rows, worst first. */
  worst: z.array(
    z.strictObject({
      segment: z.string(),
      metric: z.string(),
      value: z.number(),
      overall: z.number(),
      rows: z.number(),
      adjustedPValue: z.number(),
    }),
  ),
});
export type PerformanceSection = z.infer<typeof performanceSchema>;

export const fairnessGroupSchema = z.strictObject({
  /** As checks and metrics name it: `sex=F`. */
  facet: z.string(),
  name: z.string(),
  rows: z.number(),
  /** By name of the rate; absent where it has no value. */
  rates: z.record(z.string(), shareSchema),
  baseline: z.record(z.string(), z.number()).nullable(),
  /** Share of favourable predictions over the most favoured group's, with its interval. */
  impactRatio: z.strictObject({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() }).nullable(),
});
export type FairnessGroup = z.infer<typeof fairnessGroupSchema>;

/** How a model treats groups of people. */
export const fairnessSchema = z.strictObject({
  favourable: z.enum(['positive', 'negative']),
  facets: z.array(
    z.strictObject({
      facet: z.string(),
      groups: z.array(fairnessGroupSchema),
      /** Group with the highest share of favourable predictions, and the largest one. */
      best: z.string().nullable(),
      largest: z.string().nullable(),
      /** The least favoured group's share over the most favoured one's, with an interval for the two that are farthest apart. */
      smallestRatio: z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).nullable().optional(),
      /** Groups with fewer rows than are judged. */
      tooSmall: z.number(),
    }),
  ),
  /** Groups that several facets meet in, the most harmed first. */
  intersections: z.array(
    z.strictObject({ name: z.string(), rows: z.number(), selectionRate: shareSchema.nullable(), impactRatio: z.number().nullable() }),
  ),
  /** Why the rates of positive predictions differ: parts of the gap, group less rest, that add up to it. */
  gaps: z.array(
    z.strictObject({
      facet: z.string(),
      gap: z.number(),
      baseRates: z.number().nullable(),
      truePositiveRates: z.number().nullable(),
      falsePositiveRates: z.number().nullable(),
      /** What rows without a label add to the gap. */
      unlabelled: z.number().nullable(),
      /** Why there are no parts. */
      reason: z.string().nullable(),
      /** Which columns' difference between the sides carries the gap of mean scores, the largest first, and what none of them carries. */
      score: z
        .strictObject({
          gap: z.number(),
          parts: z.array(z.strictObject({ column: z.string(), contribution: z.number() })),
          others: z.number(),
          unexplained: z.number(),
        })
        .optional(),
    }),
  ),
});
export type FairnessSection = z.infer<typeof fairnessSchema>;
