import type { Column } from '../contract/columns.ts';
import type { Context } from '../states/state.ts';
import type { Keeping, KeptValues } from './keeping.ts';

export interface PhysicalColumn {
  name: string;
  /** DuckDB's type. */
  physical: string;
  /** Whether no file has it: it is null in every row. */
  absent?: boolean;
}

/** Parquet files read as one table. */
export interface Source {
  paths: string[];
  columns: PhysicalColumn[];
  /** Rows before each path's first: only plans that group by the row's place need them. */
  offsets?: number[];
}

/** A column to be profiled. `whole` and `grouped` say what its states have to know, over all rows and within groups. */
export interface ScanColumn extends Pick<Column, 'name' | 'role' | 'type'> {
  whole: Context;
  grouped: Context;
  /** Whether a numeric column is known to have few distinct values: they are then counted by the engine, not read one by one. */
  few?: boolean;
}

/**
 * What one scan computes: states over all rows, and states for each group of rows. Columns are read in blocks; each block is a
 * task of its own, so that the result does not depend on how many workers share them.
 */
export interface ScanPlan {
  source: Source;
  columns: ScanColumn[];
  /** SQL for a row's group, a small whole number; null for no groups. */
  group: string | null;
  /** Names of the states computed over all rows, and for each group. */
  wholeStates: string[];
  groupStates: string[];
  /** Entries of the sketch of whole rows; 0 to leave it out. */
  rowSketchSize: number;
  /** Rows that are kept beside the states; null for none. */
  keeping: Keeping | null;
}

/** States of one column, by name. */
export type StateSet = Record<string, unknown>;

export interface ScanResult {
  rows: number;
  /** By column name; null group for all rows. */
  whole: Map<string, StateSet>;
  groups: Map<number, Map<string, StateSet>>;
  /** In row order; null where none were to be kept. */
  kept: KeptValues | null;
}

/** The key under which whole rows are kept. No column has an empty name. */
export const ROWS = '';
