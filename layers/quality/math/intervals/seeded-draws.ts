/**
 * Uniform draws on [0, 1) in steps of 2⁻³², the same for the same text: sfc32 (Doty-Humphrey, PractRand) from 128 bits of the text
 * (four multiplicative lanes, after cyrb128, public domain). Not for secrets.
 */
export function seededDraws(seed: string): () => number {
  let [a, b, c, d] = lanes(seed);
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 16; i++) next();
  return next;
}

const PRIMES = [597399067, 2869860233, 951274213, 2716044179] as const;

function lanes(text: string): [number, number, number, number] {
  const state = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    for (let j = 0; j < 4; j++) state[j] = state[(j + 1) & 3]! ^ Math.imul(state[j]! ^ unit, PRIMES[j]!);
  }
  const mixed = PRIMES.map((prime, j) => Math.imul(state[(j + 2) & 3]! ^ (state[j]! >>> (18 + j)), prime));
  return mixed as [number, number, number, number];
}
