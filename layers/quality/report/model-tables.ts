import type { PerformanceSection, RateEntry } from '../contract/outcome-report.ts';
import type { Report } from '../contract/report.ts';
import { type FacetView, type GroupView, ratesOf, viewFairness } from './fairness-view.ts';
import { formatCount, formatNumber, formatShare } from './format.ts';
import { intervalInUnit, inUnit } from './measures.ts';
import { type MetricView, type PerformanceView, viewPerformance } from './performance-view.ts';
import { metricLabel, metricUnit } from './words.ts';

/** A name and its numbers a row, as the page has them, for formats of text. */
export interface ModelTable {
  heads: string[];
  rows: string[][];
  /** Whether what stands in parentheses are intervals, not shares. */
  bounds: boolean;
}

const NONE = '–';

/** What was predicted of what was true, each class against the rest, and the groups of every facet: with 95 % intervals, and at most so many of each. */
export function modelTables(report: Report, most: number): ModelTable[] {
  const view = viewPerformance(report);
  return [
    ...(view === null ? [] : confusionTable(view.section, most)),
    ...(view === null ? [] : classTable(view, most)),
    ...(viewFairness(report)?.facets ?? []).flatMap((facet) => groupTable(facet, most)),
  ];
}

function confusionTable({ confusion, weight }: PerformanceSection, most: number): ModelTable[] {
  if (confusion === null || confusion.classes.length > most) return [];
  const { classes, cells } = confusion;
  const rows = cells.map((of, i) => {
    const all = of.reduce((sum, cell) => sum + cell, 0);
    return [classes[i]!, ...of.map((cell) => (all > 0 ? `${formatCount(Math.round(cell))} (${formatShare(cell / all)})` : NONE))];
  });
  const head = weight === undefined ? 'True' : 'True (weights)';
  return [{ heads: [head, ...classes.map((name) => `predicted ${name}`)], rows, bounds: false }];
}

function classTable({ classes, section }: PerformanceView, most: number): ModelTable[] {
  if (classes.length === 0) return [];
  const ids = [...new Set(classes.flatMap(({ metrics }) => metrics.map(({ row }) => row.metric)))];
  const rows = classes.map(({ name, rows, metrics }) => [
    name,
    formatCount(rows),
    ...ids.map((id) => metricText(metrics.find(({ row }) => row.metric === id))),
  ]);
  const counted = section.weight === undefined ? 'Rows' : 'Weight';
  return [{ heads: ['Class', counted, ...ids.map(metricLabel)], rows: cut(rows, most), bounds: true }];
}

function metricText(of: MetricView | undefined): string {
  if (of === undefined || of.value === null) return NONE;
  const unit = metricUnit(of.row.metric);
  return `${inUnit(of.value, unit)}${of.interval === null ? '' : ` (${intervalInUnit(of.interval, unit)})`}`;
}

/** The least favoured first; the most favoured, which ratios are to, is never left out. */
function groupTable(view: FacetView, most: number): ModelTable[] {
  const { facet, groups } = view;
  if (groups.length === 0) return [];
  const rates = ratesOf(view);
  const rows = groups.map((each) => [
    each.group.name,
    ratio(each),
    rate(each.favourable),
    formatCount(each.group.rows),
    ...rates.map(([name]) => rate(each.group.rates[name] ?? null)),
  ]);
  const heads = [facet, 'Impact ratio', 'Favourable predictions', 'Rows', ...rates.map(([, word]) => word)];
  const best = groups.findIndex((each) => each.best);
  return [{ heads, rows: cut(rows, most, best), bounds: true }];
}

/** The first of the rows, and the one at `kept` after how many are left out. */
function cut(rows: string[][], most: number, kept = -1): string[][] {
  if (rows.length <= most) return rows;
  const last = kept < most ? [] : [rows[kept]!];
  const first = rows.slice(0, most - last.length);
  const more = [`${formatCount(rows.length - first.length - last.length)} more`, ...rows[0]!.slice(1).map(() => '')];
  return [...first, more, ...last];
}

const rate = (of: RateEntry | null): string =>
  of === null ? NONE : `${formatShare(of.value)} (${intervalInUnit([of.low, of.high], 'share')})`;

function ratio({ best, group: { impactRatio } }: GroupView): string {
  if (best) return '1';
  if (impactRatio === null) return NONE;
  const { value, low, high } = impactRatio;
  return `${formatNumber(value)}${low === null || high === null ? '' : ` (${intervalInUnit([low, high], 'number')})`}`;
}
