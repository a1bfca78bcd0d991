import type { Report } from '../contract/report.ts';
import { type ModelLine, summariseModel } from './model-lines.ts';
import { visible, wrap } from './visible.ts';

/** The model on a terminal: its numbers in a sentence, then a line each for the worst segment and every facet. */
export function modelBlock(report: Report, width: number): string[] {
  const { lines, estimated, estimates, labelled, worst, groups } = summariseModel(report);
  const label = estimated ? 'model (estimated): ' : 'model: ';
  const parts = [lines.map(sentence).join(' · '), labelled ?? '', ofAll(estimates), worst ?? '', ...groups].filter((part) => part !== '');
  const room = width - 2 - label.length;
  return parts.flatMap((part, i) =>
    wrap(bound(visible(part)), room).map(
      (line, j) => `  ${i === 0 && j === 0 ? label : ' '.repeat(label.length)}${line.replaceAll('\u00a0', ' ')}`,
    ),
  );
}

const ofAll = (estimates: ModelLine[]): string => (estimates.length === 0 ? '' : `estimated: ${estimates.map(sentence).join(' · ')}`);

/** A number and its unit stay on one line. */
const bound = (text: string): string => text.replace(/(\d) %/g, '$1\u00a0%');

/** "recall 91.6 % (91.3 to 92 %), 92.9 % in the baseline". */
const sentence = ({ what, value, interval, baseline }: ModelLine): string =>
  `${what} ${value}${interval === '' ? '' : ` (${interval})`}${baseline === '' ? '' : `, was ${baseline}`}`;
