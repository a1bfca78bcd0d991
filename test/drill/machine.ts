import { type Faults, LACKS, type Lack } from './faults.ts';

/** What one attempt runs on: the next attempt gets another. */
export interface Machine {
  lacks: Lack | null;
  /** The write to disk or the engine's statement at which it shows, counted from 1. */
  at: number;
}

/** An object takes 10 to 20 statements of the engine, and writes to disk three times. */
const STATEMENTS = 15;
const WRITES = 3;

export function machineFor({ machine }: Faults, draw: () => number): Machine {
  let left = draw();
  const lacks = LACKS.find((lack) => (left -= machine[lack]) < 0) ?? null;
  return { lacks, at: 1 + Math.floor(draw() * (lacks === 'disk' ? WRITES : STATEMENTS)) };
}

/** Megabytes for the engine: below 4 it refuses to convert a CSV file, with 8 it does so. */
export const memoryOf = ({ lacks }: Machine): number => (lacks === 'starved' ? 2 : lacks === 'tight' ? 8 : 200);

/** As DuckDB and Node say it. */
export const NO_MEMORY = 'Out of Memory Error: could not allocate block of size 4.0 MiB';
export const NO_SPILL = 'Out of Memory Error: failed to offload data block of size 256.0 KiB';
export const NO_SPACE = 'IO Error: Could not write file: No space left on device';
export const noSpace = (): Error => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
