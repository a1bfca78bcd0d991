import type { Report } from '../contract/report.ts';
import { boundsLegend } from './class-words.ts';
import { fairnessLines } from './fairness-lines.ts';
import { type ModelLine, summariseModel } from './model-lines.ts';
import { visible, wrap } from './visible.ts';
import { boundsLabel } from './words.ts';

/** The model on a terminal: its numbers in a sentence, how to read them, its worst segment; then a line each facet. */
export function modelBlock(report: Report, width: number): string[] {
  const { lines, estimated, estimates, labelled, worst, terms } = summariseModel(report);
  const fairness = fairnessLines(report);
  const measured = estimated ? [] : lines;
  const known = lines.length + estimates.length > 0;
  const model = known
    ? [sentences(lines), clauses(...terms, legend(lines, estimated)), labelled ?? '', ofAll(estimates), worst ?? '']
    : [labelled ?? '', worst ?? ''];
  const own = known ? [] : terms;
  const bounds = legend(measured, false) === '' ? boundsLegend(boundsLabel(false)) : '';
  const groups = fairness.terms.length === 0 ? [] : [clauses(...own, ...fairness.terms, bounds), ...fairness.groups];
  return [...block(estimated ? 'model (estimated): ' : 'model: ', model, width), ...block('fairness: ', groups, width)];
}

function block(label: string, parts: string[], width: number): string[] {
  const texts = parts.filter((part) => part !== '').flatMap((part) => wrap(bound(visible(part)), width - 2 - label.length));
  return texts.map((line, i) => `  ${i === 0 ? label : ' '.repeat(label.length)}${line.replaceAll('\u00a0', ' ')}`);
}

const clauses = (...texts: string[]): string => texts.filter((text) => text !== '').join(' · ');
const sentences = (lines: ModelLine[]): string => clauses(...lines.map(sentence));
const ofAll = (estimates: ModelLine[]): string =>
  estimates.length === 0 ? '' : `estimated: ${clauses(sentences(estimates), legend(estimates, true))}`;

const legend = (lines: ModelLine[], estimated: boolean): string =>
  lines.some(({ interval }) => interval !== '') ? boundsLegend(boundsLabel(estimated)) : '';

/** A number and its unit stay on one line. */
const bound = (text: string): string => text.replace(/(\d) %/g, '$1\u00a0%');

/** "recall 91.6 % (91.3 to 92 %), 92.9 % in the baseline". */
const sentence = ({ what, value, interval, baseline }: ModelLine): string =>
  `${what} ${value}${interval === '' ? '' : ` (${interval})`}${baseline === '' ? '' : `, was ${baseline}`}`;
