import type { Report } from '../../layers/quality/contract/report.ts';
import { bell, categories, column, deciles, metric, ReportBuilder } from './fixtures.ts';

const QUIET = ['tenure_months', 'utilisation', 'late_payments', 'savings', 'credit_lines', 'inquiries', 'balance', 'limit', 'installment'];

/** Twenty columns and all that can happen to them in November. */
export function november(): Report {
  const builder = new ReportBuilder();
  broken(builder);
  drifted(builder);
  for (const [i, name] of QUIET.entries()) {
    const of =
      i % 2 === 0 ? bell(0, 100 * (i + 1), 0.02 * i) : deciles([1, 2, 4, 8, 16, 32, 64, 128, 256], [10, 10, 11, 9, 10, 10, 10, 11, 9, 10]);
    builder
      .column(column(name, of))
      .drift(name, 0.011 + 0.004 * i)
      .missing(name, 0, 0)
      .statistics(name, 50 * (i + 1), 12.5);
  }
  others(builder);
  return builder.build();
}

function broken(builder: ReportBuilder): void {
  builder
    .column(column('income', bell(0, 120000, 0.1, { baseline: 0.03, current: 0.31 })))
    .missing('income', 0.31, 0.03, '31 % missing, up from 3 %')
    .drift('income', 0.29, 'drifted: the missing values')
    .statistics('income', 52310.5, 18204.25)
    .finding(
      'income: 31 % missing, up from 3 %.',
      'null_surge',
      'fail',
      ['income'],
      ['missing_rate/income', 'drift/income', 'completeness/income'],
      0.31,
    );
  builder.findings[0]!.since = '2026-11-22T14:00:00.000Z';
  builder
    .column(
      column(
        'debt_ratio',
        deciles([0.08, 0.12, 0.16, 0.21, 0.27, 0.34, 0.42, 0.55, 0.8], [0, 0, 0, 0, 0, 0, 0, 0.4, 0.6, 99], {
          baseline: 0.004,
          current: 0.003,
        }),
      ),
    )
    .drift('debt_ratio', 0.87, 'about 100 times larger than in the baseline: a unit change?')
    .missing('debt_ratio', 0.003, 0.004)
    .statistics('debt_ratio', 34.2, 21.8)
    .finding(
      'debt_ratio is about 100 times larger than in the baseline: a unit change?',
      'unit_change',
      'fail',
      ['debt_ratio'],
      ['drift/debt_ratio'],
      0.42,
    );
  builder
    .column(
      column(
        'channel',
        categories([
          ['web', 0.41, 0],
          ['branch', 0.33, 0.32],
          ['phone', 0.16, 0.17],
          ['partner', 0.1, 0.1],
          ['WEB', 0, 0.41],
        ]),
      ),
    )
    .check('categories/channel', metric('unseen_category_share', 'data_quality', 'channel', 0.41), 'fail', {
      threshold: { warn: null, fail: 0.005, direction: 'above', source: 'default' },
      expected: 0,
      effect: 0.41,
      pValue: 0,
      adjustedPValue: 0,
      message: "'web' (41 % of the baseline) is gone and 'WEB' is new: renamed?",
    })
    .drift('channel', 0.64, 'drifted: other categories')
    .missing('channel', 0, 0)
    .finding(
      "channel: 'web' (41 % of the baseline) is gone and 'WEB' is new: renamed?",
      'category_renamed',
      'fail',
      ['channel'],
      ['categories/channel', 'drift/channel'],
      0.24,
    );
}

function drifted(builder: ReportBuilder): void {
  builder
    .column(column('age', bell(18, 78, 0.25), { type: 'integer' }))
    .drift('age', 0.072, 'drifted towards older values (mean 44 → 47)')
    .missing('age', 0, 0)
    .statistics('age', 47.1, 12.8)
    .finding('age drifted towards older values (mean 44 → 47).', 'shift', 'warn', ['age'], ['drift/age'], 0.03);
  builder
    .column(
      column(
        'region',
        categories([...'ABCDEFGHIJKLMN'].map((name, i): [string, number, number] => [`Region ${name}`, 0.2 * 0.8 ** i, 0.2 * 0.8 ** i])),
      ),
    )
    .drift('region', 0.013)
    .missing('region', 0, 0)
    .column(
      column(
        'product',
        categories(
          [
            ['card', 0.5, 0.52],
            ['loan', 0.3, 0.28],
            ['mortgage', 0.2, 0.2],
          ],
          { baseline: 0.01, current: 0.012 },
        ),
      ),
    )
    .drift('product', 0.014)
    .missing('product', 0.012, 0.01);
}

function others(builder: ReportBuilder): void {
  const none = { kind: 'none', bars: [], missing: null } as const;
  builder
    .column(column('application_id', { ...none, bars: [] }, { role: 'id', type: 'text', inferred: true }))
    .check('uniqueness/application_id', metric('uniqueness', 'data_quality', 'application_id', 1), 'pass', {
      threshold: { warn: null, fail: 0.005, direction: 'below', source: 'default' },
      expected: 1,
      effect: 0,
      pValue: 1,
      adjustedPValue: 1,
      message: 'no repeats',
    })
    .column(column('applied_at', { ...none, bars: [] }, { role: 'time', type: 'time', inferred: true }))
    .column(column('score', bell(0, 1, 0.03), { role: 'score' }))
    .drift('score', 0.02)
    .column(
      column(
        'repaid',
        categories([
          ['1', 0.8, 0.79],
          ['0', 0.2, 0.21],
        ]),
        { role: 'label', type: 'boolean' },
      ),
    )
    .drift('repaid', 0.01)
    .column(column('remarks', { ...none, bars: [] }, { type: 'text' }))
    .missing('remarks', 0.6, 0.6)
    .metric('row_count', 'data_quality', null, 48211)
    .metric('duplicate_row_count', 'data_quality', null, 12)
    .metric('roc_auc', 'accuracy', null, null, { reason: 'labels are expected 7 days after each row' })
    .metric('skewness', 'data_quality', 'remarks', 'NaN', { segment: 'region=A' })
    .metric('kullback_leibler_divergence', 'stability', 'channel', 'Infinity');
}

export function calm(): Report {
  const builder = new ReportBuilder();
  builder
    .column(column('income', bell(0, 120000, 0.02)))
    .drift('income', 0.012)
    .missing('income', 0.03, 0.03)
    .column(
      column(
        'channel',
        categories([
          ['web', 0.6, 0.61],
          ['branch', 0.4, 0.39],
        ]),
      ),
    )
    .drift('channel', 0.009);
  return builder.build({ summary: 'Nothing is beyond its threshold.', rejected: [], notes: [] });
}

/** Not one object could be read. */
export function unreadable(): Report {
  const error = 'not a Parquet file: expected "PAR1" at the end, found "html"; is it a saved error page?';
  const report = new ReportBuilder().build({
    verdict: 'error',
    summary: 'upload/2026-11-23.parquet could not be read: nothing was judged.',
    falseAlarms: null,
    baseline: null,
    rejected: [],
    notes: [],
    findings: [
      {
        id: 'f1',
        title: 'upload/2026-11-23.parquet could not be read.',
        severity: 'error',
        columns: [],
        segments: [],
        since: null,
        share: null,
        cause: 'unknown',
        checks: [],
      },
    ],
  });
  const objects = [{ uri: 'upload/2026-11-23.parquet', sha256: 'cd'.repeat(32), bytes: 512, rows: 0, rejected: 0, error }];
  return {
    ...report,
    subject: { objects, from: null, to: null, rows: 0, rejected: 0, columns: 0 },
    factors: { ...report.factors, data_quality: 'error' },
  };
}

export const HOSTILE = '<script>alert(1)</script>"\'&\u202e\u0000|`\n';

/** Everything a source can put into names, values, addresses and sentences. */
export function hostile(): Report {
  const builder = new ReportBuilder();
  builder
    .column(
      column(
        HOSTILE,
        categories([
          [`${HOSTILE}a`, 0.5, 0.1],
          ['</text></svg><img src=x onerror=alert(1)>', 0.5, 0.9],
        ]),
      ),
    )
    .drift(HOSTILE, 0.5, `${HOSTILE} drifted`)
    .column(column('"><svg onload=alert(1)>', bell(0, 1, 1)))
    .drift('"><svg onload=alert(1)>', 0.4)
    .finding(`${HOSTILE} drifted`, 'shift', 'fail', [HOSTILE, '"><svg onload=alert(1)>'], [`drift/${HOSTILE}`], 0.6);
  const report = builder.build({
    monitor: HOSTILE,
    summary: HOSTILE,
    notes: [HOSTILE],
    rejected: [{ uri: HOSTILE, line: 1, reason: HOSTILE }],
  });
  report.findings[0]!.segments.push(HOSTILE);
  report.subject.objects[0] = { ...report.subject.objects[0]!, uri: HOSTILE, error: HOSTILE };
  report.baseline!.id = HOSTILE;
  return report;
}
