import { BUCKET, type Row } from './lab.ts';

export const NAMES: (keyof Row)[] = ['score', 'prediction', 'amount', 'region', 'sex'];
/** A monitor of captures, over that of the lab. */
export const CAPTURES = {
  input: { location: `s3://${BUCKET}/data/`, format: 'capture', names: NAMES },
  columns: {
    inference_id: { role: 'id', type: 'text' },
    inference_time: { role: 'time', type: 'time' },
    event_id: { role: 'ignored' },
    score: { role: 'score', type: 'number' },
    prediction: { role: 'prediction', type: 'category' },
    outcome: { role: 'label', type: 'category' },
    sex: { role: 'feature', type: 'category', facet: ['F'] },
  },
};

/** Requests of three rows each. */
function requestsOf(rows: Row[]): { id: string; rows: Row[] }[] {
  return Array.from({ length: rows.length / 3 }, (_, i) => ({ id: `request-${rows[3 * i]!.id}`, rows: rows.slice(3 * i, 3 * i + 3) }));
}
const side = (rows: Row[], names: (keyof Row)[]) => ({
  data: rows.map((row) => names.map((name) => row[name]).join(',')).join('\n'),
  ...{ encoding: 'CSV', observedContentType: 'text/csv' },
});
export const captureOf = (rows: Row[]): string =>
  requestsOf(rows)
    .map(({ id, rows }) =>
      JSON.stringify({
        captureData: { endpointInput: side(rows, NAMES.slice(2)), endpointOutput: side(rows, NAMES.slice(0, 2)) },
        eventMetadata: { eventId: `event-${id}`, inferenceId: id, inferenceTime: rows[0]!.at },
        eventVersion: '0',
      }),
    )
    .join('\n');
export const truthOf = (rows: Row[]): string =>
  requestsOf(rows)
    .map(({ id, rows }) =>
      JSON.stringify({
        groundTruthData: { data: rows.map(({ outcome }) => outcome).join('\n'), encoding: 'CSV' },
        eventMetadata: { eventId: id },
        eventVersion: '0',
      }),
    )
    .join('\n');
