import gammainc from '@stdlib/math-base-special-gammainc';

/** Above this shape @stdlib's gammainc is wrong by up to 1 % (Q(1000, 1100), for one), and ours is used. */
const LARGE = 100;
const LIMIT = 100_000;

/**
 * Regularised upper incomplete gamma function Q(a, x) = P(Gamma(a) ≥ x). Range [0, 1]; 1 at x ≤ 0.
 * For large shapes by the series of P below a and Legendre's continued fraction of Q above it (Abramowitz & Stegun 6.5.29, 6.5.31).
 */
export function gammaQ(a: number, x: number): number {
  if (!(x > 0)) return x <= 0 ? 1 : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (a <= LARGE) return gammainc(x, a, true, true);
  return x < a + 1 ? 1 - series(a, x) : fraction(a, x);
}

/** Regularised lower incomplete gamma function P(a, x) = 1 − Q(a, x), accurate in the lower tail. Range [0, 1]; 0 at x ≤ 0. */
export function gammaP(a: number, x: number): number {
  if (!(x > 0)) return x <= 0 ? 0 : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return 1;
  if (a <= LARGE) return gammainc(x, a, true, false);
  return x < a + 1 ? series(a, x) : 1 - fraction(a, x);
}

/** x^a e^−x / Γ(a + 1), by Stirling's series about x = a, so that nothing large cancels. */
function density(a: number, x: number): number {
  const shift = (x - a) / a;
  const correction = 1 / (12 * a) - 1 / (360 * a ** 3) + 1 / (1260 * a ** 5);
  return Math.exp(-a * (shift - Math.log1p(shift)) - correction) / Math.sqrt(2 * Math.PI * a);
}

function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let i = 1; i < LIMIT && term > sum * 1e-17; i++) sum += term *= x / (a + i);
  return density(a, x) * sum;
}

/** Lentz's method for 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − …)). */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < LIMIT; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const step = c * d;
    h *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return density(a, x) * a * h;
}
