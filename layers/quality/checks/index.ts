import type { ColumnCheck } from './check.ts';
import { drift } from './drift.ts';
import { blank, categories, completeness, infinite, missingRate, range, type } from './rates.ts';

/** Every check of a column whose verdict weighs an effect against chance. Adding one: its definition and a line here. */
export const COLUMN_CHECKS: readonly ColumnCheck[] = [type, completeness, missingRate, range, categories, blank, infinite, drift];
