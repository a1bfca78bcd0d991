declare module 'parquetjs-lite' {
  import type { Writable } from 'node:stream';

  interface Field {
    type: string;
    optional?: boolean;
    compression?: string;
    statistics?: boolean;
  }
  type ParquetSchema = object;
  export interface ParquetWriter {
    schema: { fields: Record<string, { dLevelMax: number }> };
    rowBuffer: {
      columnData: Record<string, { values: unknown[]; rlevels: number[]; dlevels: number[]; count: number }>;
      rowCount: number;
      pageRowCount: number;
    };
    appendRow(row: Record<string, unknown>): Promise<void>;
    close(): Promise<void>;
  }
  const parquet: {
    ParquetSchema: new (fields: Record<string, Field>) => ParquetSchema;
    ParquetWriter: {
      openStream(
        schema: ParquetSchema,
        stream: Writable,
        options?: { rowGroupSize?: number; pageSize?: number; pageIndex?: boolean },
      ): Promise<ParquetWriter>;
    };
  };
  export default parquet;
}

declare module 'parquetjs-lite/lib/types.js' {
  export function toPrimitive(type: string, value: unknown): unknown;
}
