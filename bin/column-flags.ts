import type { Command } from 'commander';
import { UsageError } from '../layers/quality/contract/errors.ts';
import { COLUMN_TYPES, type ColumnType, INPUT_FORMATS, type InputFormat, type Role } from '../layers/quality/contract/index.ts';
import type { Monitor } from '../layers/quality/contract/monitor.ts';
import { nearest } from '../layers/quality/contract/nearest.ts';
import type { ColumnHints } from '../layers/quality/engine/infer-columns.ts';
import { addLaterFlags } from './commands/later.ts';

/** The flags that say what columns are for. */
export interface ColumnFlags {
  label?: string;
  prediction?: string;
  score?: string[];
  id?: string;
  time?: string;
  weight?: string;
  segment?: string[];
  ignore?: string[];
  type?: string[];
  inputFormat?: string;
}

const collect = (value: string, all: string[] | undefined): string[] => [...(all ?? []), value];

const LATER = ['--facet <column>', '--positive <value>', '--problem <problem>'];

export const addColumnFlags = (command: Command): Command =>
  addLaterFlags(command, LATER)
    .option('--label <column>', 'the true outcome')
    .option('--prediction <column>', "the model's decision")
    .option('--score <column>', "the model's score; COLUMN=CLASS for one class of several", collect)
    .option('--id <column>', 'identifies a record')
    .option('--time <column>', 'when a record happened')
    .option('--weight <column>', 'weight of a record')
    .option('--segment <column>', 'judge each of its values apart (kept as a role)', collect)
    .option('--ignore <column>', 'leave it out', collect)
    .option('--type <column=type>', `one of ${COLUMN_TYPES.join(', ')}`, collect)
    .option('--input-format <format>', `one of ${INPUT_FORMATS.join(', ')}; recognised from content by default`);

/** What flags and monitor say of the columns; flags win. */
export function hintsOf(flags: ColumnFlags, monitor: Monitor | null): ColumnHints {
  const hints: ColumnHints = new Map();
  const set = (name: string, hint: { role?: Role; type?: ColumnType }): void => void hints.set(name, { ...hints.get(name), ...hint });
  for (const [name, { role, type }] of Object.entries(monitor?.columns ?? {})) set(name, { ...(role && { role }), ...(type && { type }) });
  for (const role of ['label', 'prediction', 'id', 'time', 'weight'] as const) if (flags[role] !== undefined) set(flags[role], { role });
  for (const score of flags.score ?? []) set(score.split('=')[0]!, { role: 'score' });
  for (const name of flags.segment ?? []) set(name, { role: 'segment' });
  for (const name of flags.ignore ?? []) set(name, { role: 'ignored' });
  for (const text of flags.type ?? []) {
    const at = text.lastIndexOf('=');
    const type = text.slice(at + 1) as ColumnType;
    if (at < 1 || !COLUMN_TYPES.includes(type))
      throw new UsageError(`--type: expected COLUMN=TYPE with one of ${COLUMN_TYPES.join(', ')}, got "${text}"`);
    set(text.slice(0, at), { type });
  }
  return hints;
}

export function inputFormatOf(flags: ColumnFlags, monitor: Monitor | null): InputFormat | undefined {
  const format = flags.inputFormat ?? monitor?.input?.format;
  if (format !== undefined && !INPUT_FORMATS.includes(format as InputFormat))
    throw new UsageError(`--input-format: expected one of ${INPUT_FORMATS.join(', ')}, got "${format}"`);
  return format as InputFormat | undefined;
}

/** Every column a flag names has to exist, in the data or in the baseline. */
export function requireColumns(flags: ColumnFlags, columns: string[]): void {
  const named: [string, string][] = [];
  for (const flag of ['label', 'prediction', 'id', 'time', 'weight'] as const)
    if (flags[flag] !== undefined) named.push([flag, flags[flag]]);
  for (const flag of ['score', 'segment', 'ignore', 'type'] as const)
    for (const value of flags[flag] ?? []) named.push([flag, flag === 'score' || flag === 'type' ? value.replace(/=[^=]*$/, '') : value]);
  for (const [flag, name] of named) {
    if (columns.includes(name)) continue;
    const near = nearest(name, columns);
    throw new UsageError(
      `--${flag}: no column "${name}"${near === null ? '.' : `; did you mean "${near}"?`} Columns: ${columns.join(', ')}`,
    );
  }
}
