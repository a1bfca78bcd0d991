import type { ParquetWriter } from 'parquetjs-lite';
import { toPrimitive } from 'parquetjs-lite/lib/types.js';

type Value = string | number | Date | null | undefined;
export type Rows<Name extends string> = readonly Partial<Record<Name, Value>>[];

const isGiven = (value: Value): value is string | number | Date => value !== null && value !== undefined;

/**
 * Appends rows of flat columns to a writer that writes them at its end. The writer itself takes the first, which makes its buffer; the rest go into the buffer
 * column by column, for the writer makes an object and a set for each cell, which takes ten times as long, and refuses NaN.
 */
export async function appendRows<Name extends string>(writer: ParquetWriter, types: Record<Name, string>, rows: Rows<Name>): Promise<void> {
  const [first, ...rest] = rows;
  if (first === undefined) return;
  await writer.appendRow(Object.fromEntries(Object.entries<Value>(first).filter(([, value]) => isGiven(value) && !Number.isNaN(value))));
  const { rowBuffer, schema } = writer;
  for (const name of Object.keys(types) as Name[]) {
    const column = rowBuffer.columnData[name]!;
    const present = schema.fields[name]!.dLevelMax;
    // A NaN of the first row was left out.
    if (Number.isNaN(first[name])) [column.values, column.dlevels] = [[first[name]], [present]];
    for (const { [name]: value } of rest) {
      column.rlevels.push(0);
      column.dlevels.push(isGiven(value) ? present : 0);
      if (isGiven(value)) column.values.push(Number.isNaN(value) ? value : toPrimitive(types[name], value));
    }
    column.count += rest.length;
  }
  rowBuffer.rowCount += rest.length;
  rowBuffer.pageRowCount += rest.length;
}
