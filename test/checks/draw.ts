/** Seeded draws for simulations: mulberry32 and what is made from it. */
export function draws(seed: number) {
  let state = seed | 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  /** Marsaglia & Tsang (2000). */
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  /** By inversion where the mean is small, else by a beta-distributed order statistic (Devroye 1986, X.4.3). */
  const binomial = (n: number, p: number): number => {
    if (n === 0 || p <= 0) return 0;
    if (p >= 1) return n;
    if (p > 0.5) return n - binomial(n, 1 - p);
    if (n * p < 30) return invert(n, p);
    const i = 1 + Math.floor(n / 2);
    const a = gamma(i);
    const x = a / (a + gamma(n + 1 - i));
    return x >= p ? binomial(i - 1, p / x) : i + binomial(n - i, (p - x) / (1 - x));
  };
  const invert = (n: number, p: number): number => {
    let probability = (1 - p) ** n;
    let sum = probability;
    let k = 0;
    for (const u = uniform(); u > sum && k < n; sum += probability) probability *= ((n - k++) / k) * (p / (1 - p));
    return k;
  };
  const multinomial = (n: number, shares: number[]): Float64Array => {
    const counts = new Float64Array(shares.length);
    let rows = n;
    let rest = 1;
    for (let j = 0; j < shares.length && rows > 0; j++) {
      counts[j] = j === shares.length - 1 ? rows : binomial(rows, Math.min(1, shares[j]! / rest));
      rows -= counts[j]!;
      rest -= shares[j]!;
    }
    return counts;
  };
  const dirichlet = (shares: number[], rho: number): number[] => {
    const parts = shares.map((share) => gamma((share * (1 - rho)) / rho));
    const sum = parts.reduce((a, b) => a + b, 0);
    return parts.map((part) => part / sum);
  };
  return { uniform, normal, gamma, binomial, multinomial, dirichlet };
}

export const even = (k: number): number[] => new Array(k).fill(1 / k);

export function zipf(k: number): number[] {
  const sum = Array.from({ length: k }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);
  return Array.from({ length: k }, (_, i) => 1 / (i + 1) / sum);
}

export function sumOf(chunks: ArrayLike<number>[]): Float64Array {
  const sum = new Float64Array(chunks[0]!.length);
  for (const chunk of chunks) for (let j = 0; j < sum.length; j++) sum[j]! += chunk[j]!;
  return sum;
}
