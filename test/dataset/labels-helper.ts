import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type JoinedLabels, joinLabels, type LabelOptions } from '../../layers/quality/dataset/labels/index.ts';
import { workbench } from './helper.ts';

export type Content = string | Buffer;

/** A line of captured data: one request of as many rows as there are inputs. */
export const request = (eventId: string, rows: number, inferenceId?: string): string =>
  JSON.stringify({
    captureData: {
      endpointInput: {
        observedContentType: 'text/csv',
        data: Array.from({ length: rows }, (_, i) => `${eventId}/${i}`).join('\n'),
        encoding: 'CSV',
      },
      endpointOutput: { observedContentType: 'text/csv', data: Array.from({ length: rows }, () => '0.5').join('\n'), encoding: 'CSV' },
    },
    eventMetadata: { eventId, inferenceTime: '2024-01-19T19:27:57Z', ...(inferenceId === undefined ? {} : { inferenceId }) },
    eventVersion: '0',
  });

/** A line of ground truth; `data` that is not text is sent as JSON. */
export const truth = (eventId: string, data: unknown, event: object = {}): string =>
  JSON.stringify({
    groundTruthData: typeof data === 'string' ? { data, encoding: 'CSV' } : { data: JSON.stringify(data), encoding: 'JSON' },
    eventMetadata: { eventId, ...event },
    eventVersion: '0',
  });

export const lines = (...all: (string | object)[]): string =>
  all.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
export const gzip = (content: Content): Buffer => gzipSync(content);

/** Joins labels to records given as contents of files, and looks at what came out. */
export const labelBench = () => {
  const bench = workbench();
  let count = 0;
  const sources = (files: Record<string, Content>) =>
    Object.entries(files).map(([uri, content]) => {
      const path = join(bench.input, `labels-${count++}`);
      writeFileSync(path, content);
      return { uri, path };
    });
  const files = (content: Content | Record<string, Content>, uri: string): Record<string, Content> =>
    typeof content === 'string' || Buffer.isBuffer(content) ? { [uri]: content } : content;
  const joined = async (
    records: Content | Record<string, Content>,
    labels: Content | Record<string, Content>,
    options: Partial<LabelOptions> = {},
  ): Promise<JoinedLabels> => {
    const dataset = await bench.open(files(records, 'records'));
    return joinLabels(bench.database(), dataset, sources(files(labels, 'labels')), { scratch: bench.scratch, label: 'label', ...options });
  };
  const labelsOf = async ({ dataset }: JoinedLabels, name = 'label'): Promise<unknown[]> =>
    (await bench.table(dataset)).map((row) => row[name]);
  const bytesOf = ({ dataset }: JoinedLabels): (string | null)[] =>
    dataset.files.map(({ parquet }) => (parquet === null ? null : readFileSync(parquet).toString('base64')));
  const write = async (name: string, select: string): Promise<Buffer> => {
    const path = join(bench.scratch, name);
    await bench.database().run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    return readFileSync(path);
  };
  return { ...bench, join: joined, labelsOf, bytesOf, write };
};
