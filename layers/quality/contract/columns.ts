import { z } from 'zod';

export const COLUMN_TYPES = ['number', 'integer', 'boolean', 'category', 'text', 'time'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

export const ROLES = ['feature', 'prediction', 'score', 'label', 'id', 'time', 'segment', 'weight', 'ignored'] as const;
export type Role = (typeof ROLES)[number];
/** What a model made of its inputs, and what came of it: these may be there though a baseline does not have them. */
export const OUTCOME_ROLES: readonly (Role | undefined)[] = ['label', 'prediction', 'score', 'weight'];

/** A column as every part of Assay knows it: decided once, by the monitor or the baseline. */
export const columnSchema = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  type: z.enum(COLUMN_TYPES),
  /** Whether role or type were inferred rather than configured. */
  inferred: z.boolean(),
});
export type Column = z.infer<typeof columnSchema>;

/** Values and groups with fewer rows behind them are not shown: they would be somebody's. */
export const FEWEST_SHOWN = 5;

/** Rows that make a value one of a column's categories. */
export const FEWEST_OF_CATEGORY = 5;

/** Whether the engine reads a column as numbers; all other types but time are read as text. */
export const isNumeric = (type: ColumnType): boolean => type === 'number' || type === 'integer';
