import type { Rejections } from './rejections.ts';

/** One file on its way to Parquet. */
export interface Source {
  uri: string;
  /** A path DuckDB takes literally. */
  path: string;
  gzip: boolean;
  /** Where files made of it go: a path in scratch without its ending, unique to this file. */
  stem: string;
  /** Whether rejected lines keep their text. */
  keepText: boolean;
}

/** What became of it. */
export interface Table {
  parquet: string;
  rows: number;
  rejections: Rejections;
  /** Columns that hold nothing but nulls: their physical type means nothing. */
  untyped?: string[];
  /** Whether its rows name their own columns. */
  keyed?: boolean;
}
