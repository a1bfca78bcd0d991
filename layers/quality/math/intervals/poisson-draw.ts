import gammaln from '@stdlib/math-base-special-gammaln';

/**
 * A source of Poisson draws of one mean (need not be whole; 0 always gives 0): by inversion below a mean of 10, else by transformed rejection,
 * whose cost does not grow with the mean. Hörmann (1993), PTRS, doi:10.1016/0167-6687(93)90997-4.
 */
export function poissonDraw(mean: number, uniform: () => number): () => number {
  if (!(mean > 0)) return () => 0;
  return mean < 10 ? inversion(mean, uniform) : rejection(mean, uniform);
}

function inversion(mean: number, uniform: () => number): () => number {
  const none = Math.exp(-mean);
  return () => {
    const u = uniform();
    let probability = none;
    let k = 0;
    for (let sum = none; u > sum && k < 200; sum += probability) probability *= mean / ++k;
    return k;
  };
}

function rejection(mean: number, uniform: () => number): () => number {
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const scale = Math.log(1.1239 + 1.1328 / (b - 3.4));
  const accept = 0.9277 - 3.6224 / (b - 2);
  return () => {
    for (;;) {
      const u = uniform() - 0.5;
      const v = uniform();
      const edge = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
      if (edge >= 0.07 && v <= accept) return k;
      if (!(k >= 0) || (edge < 0.013 && v > edge)) continue;
      if (Math.log(v) + scale - Math.log(a / (edge * edge) + b) <= k * logMean - mean - gammaln(k + 1)) return k;
    }
  };
}
