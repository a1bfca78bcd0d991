import { LineProblem } from '../json/read-documents.ts';
import { UniqueNames } from '../unique-names.ts';
import type { Row } from './extract-rows.ts';

/** Columns every capture file has, after those of the payloads. */
export const ADDED = ['inference_id', 'event_id', 'inference_time'] as const;

export interface Shape {
  output: Row | null;
  input: Row | null;
}

/**
 * Names a record's columns, the output's before the input's. JSON objects name their own; `names` covers all columns, or the input's alone; what is left
 * is `_c0`, `_c1`, … by position, counted over all columns, or over the features where `featuresApart`. The first record sets how wide each unnamed side is.
 */
export class ColumnNames {
  private readonly known = new Map<string, string[]>();
  private readonly widths = new Map<string, { width: number; line: number }>();
  private readonly unique = new UniqueNames();
  private readonly given = new Map<string, string>();

  constructor(
    private readonly names: readonly string[] | undefined,
    private readonly featuresApart: boolean,
  ) {
    for (const name of ADDED) this.unique.add(name);
  }

  of({ output, input }: Shape, line: number): string[] {
    this.checkWidth('output', output, line);
    this.checkWidth('input', input, line);
    const key = JSON.stringify([output && (output.names ?? output.cells.length), input && (input.names ?? input.cells.length)]);
    let names = this.known.get(key);
    if (!names) this.known.set(key, (names = this.make(output, input)));
    return names;
  }

  /** Whether a record has come whose columns on this side had no names of their own. */
  hasUnnamed(side: 'output' | 'input'): boolean {
    return this.widths.has(side);
  }

  private checkWidth(side: string, row: Row | null, line: number): void {
    if (!row || row.names) return;
    const width = row.cells.length;
    const first = this.widths.get(side) ?? { width, line };
    this.widths.set(side, first);
    if (first.width !== width) throw new LineProblem(`${width} ${side} columns, expected ${first.width} as in line ${first.line}`);
  }

  private make(output: Row | null, input: Row | null): string[] {
    const outputs = output?.cells.length ?? 0;
    const inputs = input?.cells.length ?? 0;
    const given = this.givenNames(outputs, inputs, Boolean(output?.names && input?.names));
    const apart = this.featuresApart ? outputs : 0;
    const outputNames = output?.names ?? Array.from({ length: outputs }, (_, i) => given?.[i] || `_c${i}`);
    const inputNames = input?.names ?? Array.from({ length: inputs }, (_, i) => given?.[outputs + i] || `_c${outputs + i - apart}`);
    return [...outputNames.map((name) => this.column('output', name)), ...inputNames.map((name) => this.column('input', name))];
  }

  /** `names` laid out over output and input. */
  private givenNames(outputs: number, inputs: number, named: boolean): readonly string[] | undefined {
    const { names } = this;
    if (!names || named || names.length === outputs + inputs) return names;
    if (inputs > 0 && names.length === inputs) return [...new Array<string>(outputs).fill(''), ...names];
    throw new LineProblem(`${outputs + inputs} columns (${outputs} output, ${inputs} input), expected ${names.length} as in input.names`);
  }

  /** The same name on both sides is two columns, whichever record brings it. */
  private column(side: string, name: string): string {
    const key = `${side}/${name}`;
    let unique = this.given.get(key);
    if (unique === undefined) this.given.set(key, (unique = this.unique.add(name)));
    return unique;
  }
}
