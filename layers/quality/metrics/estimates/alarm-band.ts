/** Where an estimate is no cause for alarm, ends included. */
export interface Band {
  lower: number;
  upper: number;
}

/**
 * Mean ± `width` population standard deviations of a metric's realised values in the baseline's chunks, held within the limits; null values do
 * not count. Null with fewer than two values. NannyML 0.13, 3 deviations.
 */
export function alarmBand(realised: readonly (number | null)[], least: number, most: number, width = 3): Band | null {
  const values = realised.filter((value) => value !== null);
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { lower: Math.max(least, mean - width * deviation), upper: Math.min(most, mean + width * deviation) };
}

export const outside = (value: number, { lower, upper }: Band): boolean => value < lower || value > upper;
