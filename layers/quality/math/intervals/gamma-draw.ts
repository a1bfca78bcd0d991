/**
 * A source of draws of the gamma law of one shape and scale 1: Marsaglia and Tsang's squeeze of a cubed normal; a shape below 1 by a draw of one more,
 * times u^(1/shape); of shape 0 it is 0. Normals by Box and Muller's cosine, one to two uniforms. Marsaglia & Tsang (2000), doi:10.1145/358407.358414.
 */
export function gammaDraw(shape: number, uniform: () => number): () => number {
  if (shape === 0) return () => 0;
  const raised = shape < 1 ? shape + 1 : shape;
  const d = raised - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  const positive = (): number => 1 - uniform();
  const draw = (): number => {
    for (;;) {
      const normal = Math.sqrt(-2 * Math.log(positive())) * Math.cos(2 * Math.PI * uniform());
      const cube = (1 + c * normal) ** 3;
      if (cube > 0 && Math.log(positive()) < (normal * normal) / 2 + d - d * cube + d * Math.log(cube)) return d * cube;
    }
  };
  return raised === shape ? draw : () => draw() * positive() ** (1 / shape);
}
