import type { PerformanceSection } from '../contract/outcome-report.ts';
import { zOf } from '../math/intervals/index.ts';
import { sortDoubles } from '../math/sort-doubles.ts';
import type { Slice } from '../metrics/performance/index.ts';

const PARTS = 10;
/** Rows without which there is nothing to see. */
const FEWEST = 100;

/**
 * Errors (prediction − label) by tenths of the rows in order of their prediction: where a regression is biased, and where it is far off. Mean error with its
 * normal interval, mean absolute error; weights count. Tenths that begin with the same prediction are one. Null without rows at hand, or with fewer than 100.
 */
export function residualProfile({ errorRows }: Slice): NonNullable<PerformanceSection['residuals']> | null {
  if (errorRows === undefined || errorRows.labels.length < FEWEST) return null;
  const { labels, predictions, weights } = errorRows;
  const sorted = sortDoubles(predictions.slice());
  const starts = [...new Set(Array.from({ length: PARTS }, (_, i) => sorted[Math.floor((i * sorted.length) / PARTS)]!))];
  const parts = starts.map((from) => ({ from, to: from, rows: 0, weight: 0, squares: 0, error: 0, squared: 0, absolute: 0 }));
  for (let i = 0; i < labels.length; i++) {
    const weight = weights?.[i] ?? 1;
    if (!(weight > 0)) continue;
    let at = starts.length - 1;
    while (predictions[i]! < starts[at]!) at--;
    const [part, error] = [parts[at]!, predictions[i]! - labels[i]!];
    part.rows++;
    part.to = Math.max(part.to, predictions[i]!);
    part.weight += weight;
    part.squares += weight * weight;
    part.error += weight * error;
    part.squared += weight * error * error;
    part.absolute += weight * Math.abs(error);
  }
  return parts.flatMap(({ from, to, rows, weight, squares, error, squared, absolute }) => {
    const mean = error / weight;
    const half = zOf(0.95) * Math.sqrt((Math.max(0, squared / weight - mean * mean) * squares) / (weight * weight));
    const part = { from, to, rows, meanError: mean, low: mean - half, high: mean + half, meanAbsoluteError: absolute / weight };
    return rows === 0 || !Object.values(part).every(Number.isFinite) ? [] : [part];
  });
}
