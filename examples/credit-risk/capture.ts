import { type Applicant, FEATURES, type Outcome } from './applicant.ts';
import { type Model, score, THRESHOLD } from './model.ts';
import { Random } from './random.ts';

export const ENDPOINT = 'credit-risk-prod';
export const VARIANT = 'AllTraffic';
export const HOUR = 3_600_000;

/** A file as it lands in the bucket. */
export interface DataFile {
  key: string;
  body: string;
}

/** One request to the endpoint. */
export interface Call {
  row: Applicant;
  at: number;
  eventId: string;
  inferenceId: string;
}

/** From which score on an applicant is declined. */
export type ThresholdOf = (row: Applicant) => number;

export interface Answer {
  score: number;
  /** 1 expects a default: the application is declined. */
  prediction: 0 | 1;
}

/** What the model says of an applicant. */
export const answer = (model: Model, row: Applicant, threshold: ThresholdOf): Answer => {
  const probability = score(model, row);
  return { score: Number(probability.toFixed(6)), prediction: probability >= threshold(row) ? 1 : 0 };
};

export const isoSeconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** The requests of one hour, one an applicant, in order of time. */
export const callsOf = (seed: number, hourMs: number, rows: Applicant[]): Call[] => {
  const random = new Random(seed, hourMs, 7);
  const times = rows.map(() => hourMs + random.integer(HOUR)).sort((a, b) => a - b);
  const stamp = new Date(hourMs).toISOString().slice(0, 13).replace(/\D/g, '');
  return rows.map((row, i) => ({
    row,
    at: times[i]!,
    eventId: random.uuid(),
    inferenceId: `app-${stamp}-${String(i).padStart(5, '0')}`,
  }));
};

/** An answer as the container writes it. */
export const answerText = ({ score, prediction }: Answer): string => `${score.toFixed(6)},${prediction}`;

/** A request's payload. */
export const inputText = (row: Applicant): string => FEATURES.map((feature) => row[feature] ?? '').join(',');

/** What the endpoint captures of a request. */
export const captureLine = (model: Model, call: Call, threshold: ThresholdOf = () => THRESHOLD): string => {
  return JSON.stringify({
    captureData: {
      endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: inputText(call.row), encoding: 'CSV' },
      endpointOutput: {
        observedContentType: 'text/csv; charset=utf-8',
        mode: 'OUTPUT',
        data: answerText(answer(model, call.row, threshold)),
        encoding: 'CSV',
      },
    },
    eventMetadata: { eventId: call.eventId, inferenceId: call.inferenceId, inferenceTime: isoSeconds(call.at) },
    eventVersion: '0',
  });
};

/** The same request as a row of reference data, under the names a capture's columns have, and what became of the loan. */
export const referenceLine = (model: Model, call: Call, { defaulted }: Outcome): string =>
  JSON.stringify({
    ...answer(model, call.row, () => THRESHOLD),
    ...Object.fromEntries(FEATURES.map((feature) => [feature, call.row[feature]])),
    inference_id: call.inferenceId,
    event_id: call.eventId,
    inference_time: isoSeconds(call.at),
    defaulted: defaulted ? 1 : 0,
  });

/** The key SageMaker gives a capture object whose first record is at `first`. */
export const captureKey = (prefix: string, seed: number, first: number): string => {
  const at = new Date(first).toISOString();
  const folder = at.slice(0, 13).replace(/[-T]/g, '/');
  const name = at.slice(14, 23).replace(/[:.]/g, '-');
  return `${prefix}/${ENDPOINT}/${VARIANT}/${folder}/${name}-${new Random(seed, first, 11).uuid()}.jsonl`;
};
