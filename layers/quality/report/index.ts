import type { Report } from '../contract/report.ts';
import { type HtmlOptions, renderHtml } from './html.ts';
import { type JsonOptions, renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderText, type TextOptions } from './text.ts';

export { type HtmlOptions, renderHtml } from './html.ts';
export { type JsonOptions, parseReport, ReportFormatError, renderJson } from './json.ts';
export { renderJunit } from './junit.ts';
export { renderMarkdown } from './markdown.ts';
export { METRIC_COLUMNS, metricRows, writeMetricRows } from './metric-rows.ts';
export { renderText, type TextOptions } from './text.ts';

export type RenderOptions = TextOptions & HtmlOptions & JsonOptions;

interface Format {
  file: string;
  contentType: string;
  render(report: Report, options?: RenderOptions): string;
}

const formats = <Name extends string>(table: Record<Name, Format>): Record<Name, Format> => table;

/** Every way a report can be written, and the name its file gets. */
export const FORMATS = formats({
  text: { file: 'report.txt', contentType: 'text/plain; charset=utf-8', render: renderText },
  json: { file: 'report.json', contentType: 'application/json', render: renderJson },
  html: { file: 'report.html', contentType: 'text/html; charset=utf-8', render: renderHtml },
  markdown: { file: 'report.md', contentType: 'text/markdown; charset=utf-8', render: renderMarkdown },
  junit: { file: 'report.xml', contentType: 'application/xml', render: renderJunit },
});

export type ReportFormat = keyof typeof FORMATS;
export const REPORT_FORMATS = Object.keys(FORMATS) as ReportFormat[];

export const renderReport = (report: Report, format: ReportFormat, options: RenderOptions = {}): string =>
  FORMATS[format].render(report, options);
