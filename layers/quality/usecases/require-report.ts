import { describeError } from '../contract/errors.ts';
import { type Report, reportSchema } from '../contract/report.ts';

/** A report as its schema wants it. What is not comes of values too large for sums of them: the error says of which data and where, what was expected and what was found. */
export function requireReport(report: Report): Report {
  const parsed = reportSchema.safeParse(report);
  if (parsed.success) return parsed.data;
  const { path } = parsed.error.issues[0]!;
  const found = path.reduce((at: unknown, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], report);
  const files = report.subject.objects.map(({ uri }) => uri);
  const data = files.length > 2 ? `${files[0]} and ${files.length - 1} more` : files.join(' and ');
  const wrong =
    typeof found === 'number' && !Number.isFinite(found)
      ? `expected a finite number, found ${found}; are values too large to be added up?`
      : describeError(parsed.error);
  throw new Error(`${data}: ${placeOf(report, path)}: ${wrong}`);
}

/** The column, metric or check that a path leads to. */
function placeOf(report: Report, path: PropertyKey[]): string {
  const [section, index, ...rest] = path;
  const of = (name: string): string => [name, ...rest.map(String)].join(', ');
  if (section === 'columns') return of(`column ${report.columns[Number(index)]?.name}`);
  if (section === 'checks') return of(`check ${report.checks[Number(index)]?.id}`);
  if (section !== 'metrics') return path.map(String).join(', ');
  const { metric, column } = report.metrics[Number(index)] ?? {};
  return of(column == null ? `metric ${metric}` : `column ${column}, metric ${metric}`);
}
