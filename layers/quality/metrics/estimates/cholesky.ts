/** A pivot below this share of its diagonal entry is rounding: the unknown depends on the earlier ones. */
const DEPENDENT = 1e-10;

/**
 * Lower Cholesky factor, row by row, of a symmetric matrix of non-negative curvature (its lower triangle is read) with `ridge` added to its
 * diagonal. An unknown that depends on earlier ones, by a pivot not above 1e-10 of its diagonal entry, has 0 for its pivot: it is left out, and a
 * solution has 0 there. Golub & Van Loan (2013), Matrix Computations, 4.2.
 */
export function cholesky(matrix: ArrayLike<number>, size: number, ridge = 0): Float64Array {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]! + (i === j ? ridge : 0);
      const whole = sum;
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!;
      const pivot = factor[j * size + j]!;
      if (i === j) factor[i * size + i] = sum > DEPENDENT * whole ? Math.sqrt(sum) : 0;
      else factor[i * size + j] = pivot > 0 ? sum / pivot : 0;
    }
  }
  return factor;
}

/** Solution of factor·factorᵀ·x = right; 0 for unknowns left out. */
export function solveCholesky(factor: ArrayLike<number>, size: number, right: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    const pivot = factor[i * size + i]!;
    for (let k = 0; k < i; k++) x[i]! -= factor[i * size + k]! * x[k]!;
    x[i] = pivot > 0 ? x[i]! / pivot : 0;
  }
  for (let i = size - 1; i >= 0; i--) {
    const pivot = factor[i * size + i]!;
    for (let k = i + 1; k < size; k++) x[i]! -= factor[k * size + i]! * x[k]!;
    x[i] = pivot > 0 ? x[i]! / pivot : 0;
  }
  return x;
}
