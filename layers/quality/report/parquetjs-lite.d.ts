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
    rowBuffer: { columnData: Record<string, { values: unknown[] }> };
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
