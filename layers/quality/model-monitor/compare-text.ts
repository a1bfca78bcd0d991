import { formatNumber } from '../contract/format.ts';
import { fromJsonNumber } from '../contract/report.ts';
import { splitCheck } from './check-types.ts';
import type { NumberDifference } from './compare-numbers.ts';
import type { Comparison, RunComparison } from './compare-run.ts';
import { plain } from './plain.ts';

/** A comparison for people. */
export function renderComparison({ run, report, both, onlyModelMonitor, onlyAssay, numbers }: RunComparison): string {
  const rows = run.rows === null ? '' : `, ${formatNumber(run.rows)} rows`;
  const lines = [
    `Model Monitor  ${plain(run.uri)}: ${run.violations} violations${rows}`,
    `Assay          ${report.id}: ${report.verdict}, ${report.failed} checks failed, ${formatNumber(report.rows)} rows`,
    ...part('Both found', both, (of) => [theirs(of), ours(of)]),
    ...part('Only Model Monitor found', onlyModelMonitor, (of) => [theirs(of), ours(of)]),
    ...part('Only Assay found', onlyAssay, (of) => [ours(of)]),
    ...(numbers === null ? [] : numberLines(numbers)),
  ];
  return `${lines.join('\n')}\n`;
}

function part(title: string, found: Comparison[], lines: (of: Comparison) => string[]): string[] {
  if (found.length === 0) return ['', `${title}: nothing`];
  return ['', `${title}: ${found.length}`, ...found.flatMap((of) => [`  ${headOf(of)}`, ...lines(of).map((line) => `      ${line}`)])];
}

const headOf = ({ feature, check }: Comparison): string => `${plain(feature ?? 'all')}  ${plain(check)}`;
const theirs = ({ modelMonitor }: Comparison): string => `Model Monitor: ${sentence(modelMonitor ?? '')}`;

function ours({ assay }: Comparison): string {
  if (assay === null) return 'Assay: has no check of it';
  const without = splitCheck(assay.id);
  return `Assay: ${without.check} ${assay.verdict}: ${sentence(assay.message)}`;
}

/** Sentences are longer than names, and as little to be trusted. */
const sentence = (text: string): string =>
  text
    .slice(0, 400)
    .split(' ')
    .map((word) => plain(word))
    .join(' ');

function numberLines(numbers: NumberDifference[]): string[] {
  if (numbers.length === 0) return ['', 'Numbers both have: the same'];
  return [
    '',
    `Numbers that differ: ${numbers.length}`,
    ...numbers.map(
      ({ feature, number, modelMonitor, assay }) =>
        `  ${plain(feature ?? 'all')}  ${number}: ${formatNumber(fromJsonNumber(modelMonitor))} there, ${formatNumber(fromJsonNumber(assay))} here`,
    ),
  ];
}
