/** What a table or a curve found: its rows, or null with the reason. The counterpart of Outcome for what is more than one number. */
export interface Found<T> {
  value: T | null;
  reason?: string;
}

export const ONE_CLASS = 'labels of one class only';
export const NO_POSITIVES = 'no positive labels';
export const NOT_PROBABILITIES = 'scores outside 0 to 1';
