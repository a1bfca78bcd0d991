import { type Applicant, FEATURES } from './applicant.ts';
import { type Model, score, THRESHOLD } from './model.ts';
import { Random } from './random.ts';

export const ENDPOINT = 'credit-risk-prod';
export const VARIANT = 'AllTraffic';
export const HOUR = 3_600_000;

/** One object of endpoint data capture. */
export interface CaptureFile {
  key: string;
  body: string;
}

interface Call {
  row: Applicant;
  at: number;
  eventId: string;
  inferenceId: string;
}

const record = (model: Model, call: Call): string => {
  const probability = score(model, call.row);
  const output = `${probability.toFixed(6)},${probability >= THRESHOLD ? 1 : 0}`;
  const input = FEATURES.map((feature) => call.row[feature] ?? '').join(',');
  return JSON.stringify({
    captureData: {
      endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: input, encoding: 'CSV' },
      endpointOutput: { observedContentType: 'text/csv; charset=utf-8', mode: 'OUTPUT', data: output, encoding: 'CSV' },
    },
    eventMetadata: { eventId: call.eventId, inferenceId: call.inferenceId, inferenceTime: isoSeconds(call.at) },
    eventVersion: '0',
  });
};

const isoSeconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** What the endpoint captured in one hour: one record per call, in order of time. */
export const captureHour = (model: Model, seed: number, hourMs: number, rows: Applicant[]): { first: number; lines: string[] } => {
  const random = new Random(seed, hourMs, 7);
  const times = rows.map(() => hourMs + random.integer(HOUR)).sort((a, b) => a - b);
  const stamp = new Date(hourMs).toISOString().slice(0, 13).replace(/\D/g, '');
  const lines = rows.map((row, i) =>
    record(model, { row, at: times[i]!, eventId: random.uuid(), inferenceId: `app-${stamp}-${String(i).padStart(5, '0')}` }),
  );
  return { first: times[0] ?? hourMs, lines };
};

/** The key SageMaker gives a capture object whose first record is at `first`. */
export const captureKey = (prefix: string, seed: number, first: number): string => {
  const at = new Date(first).toISOString();
  const folder = at.slice(0, 13).replace(/[-T]/g, '/');
  const name = at.slice(14, 23).replace(/[:.]/g, '-');
  return `${prefix}/${ENDPOINT}/${VARIANT}/${folder}/${name}-${new Random(seed, first, 11).uuid()}.jsonl`;
};
