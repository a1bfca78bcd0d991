// Copies the reference cases that need no data set: node test/reference/copy.mjs [folder of the references, default ../shared/reference].
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const from = process.argv[2] ?? fileURLToPath(new URL('../../../shared/reference/', import.meta.url));
const read = (name) => readFileSync(`${from}/${name}`, 'utf8');

/** One case a line: readable differences, small files. JSON.stringify would lose the sign of −0. */
function write(name, { cases, ...head }) {
  const lines = cases.map((each) => JSON.stringify(each, (_, value) => (Object.is(value, -0) ? '@-0' : value)).replaceAll('"@-0"', '-0.0'));
  const start = Object.keys(head).length > 0 ? `${JSON.stringify(head).slice(0, -1)},\n` : '{';
  writeFileSync(`${here}/${name}`, `${start}"cases":[\n${lines.join(',\n')}\n]}\n`);
}

for (const name of ['drift.json', 'quality.json', 'special.json', 'performance.json', 'calibration.json', 'fairness.json']) {
  const { generated_with, conventions, cases } = JSON.parse(read(name));
  write(name, { generated_with, conventions, cases: cases.filter(({ inputs }) => inputs !== undefined) });
}

/** The Deequ rows of section D4 of clarify_vectors.md; each value must stand there as written here. */
const DEEQU = [
  ['simple', { a: 10, b: 20, c: 25, d: 10, e: 5 }, { a: 11, b: 20, c: 25, d: 10, e: 10 }, '0.06015037593984962'],
  ['robust', { a: 10, b: 20, c: 25, d: 10, e: 5 }, { a: 11, b: 20, c: 25, d: 10, e: 10 }, '0.0'],
  ['simple', { a: 10, b: 20, c: 25, d: 10, e: 5 }, { f: 11, a: 20, c: 25, d: 10, e: 10 }, '0.2857142857142857'],
  ['robust', { a: 10, b: 20, c: 25, d: 10, e: 5 }, { f: 11, a: 20, c: 25, d: 10, e: 10 }, '0.0'],
  ['robust', { a: 207, b: 20, c: 25, d: 14, e: 25, g: 13 }, { a: 22, b: 20, c: 25, d: 12, e: 13, f: 15 }, '0.2726338046550349', 0.003],
  ['robust', { a: 207, b: 20, c: 25, d: 14, e: 25, g: 13 }, { a: 22, b: 20, c: 25, d: 12, e: 13, f: 15 }, '0.33774199396969184', 0.1],
  ['psi', [428, 425, 414, 427, 440, 447, 380, 386, 444, 386], [426, 437, 429, 391, 469, 433, 360, 443, 371, 418], '0.007406694184014186'],
];
const vectors = read('clarify_vectors.md');
write('deequ.json', {
  generated_with: { deequ: '0b8cea5, src/test/scala/com/amazon/deequ/KLL/KLLDistanceTest.scala' },
  cases: DEEQU.map(([method, baseline, current, expected, alpha]) => {
    if (!vectors.includes(expected)) throw new Error(`${expected} is not in clarify_vectors.md`);
    return { method, baseline, current, expected: Number(expected), alpha };
  }),
});

const { report, ...bias } = JSON.parse(read('clarify_vectors.json'));
const named = (of) => Object.entries(of).map(([id, v]) => (Array.isArray(v) ? { id, vectors: v } : { id, ...v }));
write('clarify.json', {
  generated_with: { smclarify: '0.5 (aws/amazon-sagemaker-clarify 024329d), its tests, and bias jobs printed in amazon-sagemaker-examples' },
  cases: [...named(bias), ...named(report).map(({ id, ...v }) => ({ id: `report.${id}`, ...v }))],
});
