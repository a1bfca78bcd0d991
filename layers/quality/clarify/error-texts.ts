import type { ClarifyValue } from '../metrics/fairness/index.ts';

const sides = (prefix: string): [string, string] => [`${prefix}Facet set is empty`, `${prefix}Negated Facet set is empty`];

/** How each metric of Clarify says that a side has no rows: nobody in the facet, nobody outside it. */
const EMPTY: Record<string, [facet: string, rest: string]> = {
  CI: [
    'CI: facet set is empty. Check that x[facet] has non-zero length.',
    'CI: negated facet set is empty. Check that x[~facet] has non-zero length.',
  ],
  DPL: ['Facet set is empty.', 'Negative facet set is empty.'],
  DPPL: ['Facet set is empty.', 'Negative facet set is empty.'],
  DCA: sides('DCO: '),
  DCR: sides('DCO: '),
  DAR: sides('DLR: '),
  DRR: sides('DLR: '),
  RD: sides('DLA: '),
  SD: sides('DLA: '),
  AD: sides(''),
  FT: sides(''),
  TE: sides(''),
};
const REASONS = ['Facet set is empty', 'Negated facet set is empty'];

/** A value with the error of its own metric, where the reason is one that several share. */
export function withErrorText(value: ClarifyValue): ClarifyValue {
  const text = EMPTY[value.metric.code]?.[REASONS.indexOf(value.reason ?? '')];
  return text === undefined ? value : { ...value, reason: text };
}
