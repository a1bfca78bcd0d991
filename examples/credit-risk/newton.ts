/** Solves A x = b for a symmetric positive definite A, in place (Cholesky). */
const solve = (a: Float64Array[], b: Float64Array): Float64Array => {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!;
      for (let k = 0; k < j; k++) sum -= a[i]![k]! * a[j]![k]!;
      a[i]![j] = i === j ? Math.sqrt(sum) : sum / a[j]![j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i]! -= a[i]![k]! * b[k]!;
    b[i]! /= a[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i]! -= a[k]![i]! * b[k]!;
    b[i]! /= a[i]![i]!;
  }
  return b;
};

export const dot = (x: Float64Array, w: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * w[i]!;
  return sum;
};

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Logistic regression by Newton's method, with a small ridge that keeps rare categories finite. */
export const logisticRegression = (rows: Float64Array[], labels: boolean[], ridge = 1, steps = 8): Float64Array => {
  const size = rows[0]!.length;
  const weights = new Float64Array(size);
  for (let step = 0; step < steps; step++) {
    const gradient = weights.map((weight) => -ridge * weight);
    const hessian = Array.from({ length: size }, (_, i) => {
      const line = new Float64Array(size);
      line[i] = ridge;
      return line;
    });
    rows.forEach((x, r) => {
      const p = logistic(dot(x, weights));
      const curve = p * (1 - p);
      const error = (labels[r] ? 1 : 0) - p;
      for (let i = 0; i < size; i++) {
        if (x[i] === 0) continue;
        gradient[i]! += error * x[i]!;
        const line = hessian[i]!;
        for (let j = 0; j <= i; j++) line[j]! += curve * x[i]! * x[j]!;
      }
    });
    const move = solve(hessian, gradient);
    for (let i = 0; i < size; i++) weights[i]! += move[i]!;
  }
  return weights;
};
