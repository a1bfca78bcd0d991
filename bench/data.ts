import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Database, quoteText } from '../layers/quality/engine/database.ts';

/** Part of every file name: raise it when the data change. */
const VERSION = 1;
export const FOLDER = join(import.meta.dirname, '../.assay/bench');
export const REFERENCE_ROWS = 200_000;
const SPAN_MS = 30 * 24 * 3_600_000;
const START = Date.UTC(2026, 5, 1);

export const FLAGS = ['--label', 'label', '--prediction', 'prediction', '--score', 'score', '--id', 'id', '--time', 'time'];

/** Uniform in (0, 1), the same for the same row, salt and seed. One integer is hashed: the hash of several correlates between salts. */
const uniform = (salt: number): string => `((hash(k * 64 + ${salt}) >> 11)::DOUBLE + 0.5) / 9007199254740992`;
const normal = (salt: number): string => `sqrt(-2 * ln(${uniform(salt)})) * cos(6.283185307179586 * ${uniform(salt + 1)})`;
/** Zipf-like: the first values are frequent, all of them appear. */
const category = (salt: number, size: number, prefix: string): string =>
  `'${prefix}' || floor(pow(${size + 1}, ${uniform(salt)}) - 1)::INTEGER`;
const unless = (salt: number, share: number, value: string): string => `CASE WHEN ${uniform(salt)} < ${share} THEN NULL ELSE ${value} END`;

/** Eight numbers, two integers, five categories, time, id, score, prediction and label. */
const COLUMNS: Record<string, string> = {
  id: "'r' || lpad(k::VARCHAR, 11, '0')",
  time: `make_timestamp((${START} + i * ${SPAN_MS} // n) * 1000)`,
  income: unless(2, 0.03, `round(exp(10.4 + 0.5 * (${normal(4)})))`),
  balance: `CASE WHEN ${uniform(6)} < 0.6 THEN 0 ELSE exp(6 + 1.2 * (${normal(8)})) END`,
  debt_ratio: `1 / (1 + exp(0.9 - 0.8 * (${normal(10)})))`,
  utilisation: unless(12, 0.01, uniform(14)),
  tail: `pow(${uniform(16)}, -0.8)`,
  signal: normal(18),
  amount: `round(exp(9 + 0.6 * (${normal(20)})), -2)`,
  temperature: unless(22, 0.2, `round(15 + 8 * (${normal(24)}), 1)`),
  age: `18 + floor(60 * pow(${uniform(26)}, 1.5))::INTEGER`,
  visits: `floor(-3 * ln(${uniform(28)}))::INTEGER`,
  sex: `CASE WHEN ${uniform(30)} < 0.47 THEN 'F' ELSE 'M' END`,
  region: category(32, 7, 'region '),
  product: unless(34, 0.02, category(36, 50, 'product ')),
  branch: category(38, 500, 'branch '),
  merchant: category(40, 5000, 'merchant '),
  score: `1 / (1 + exp(1.6 - 1.1 * (${normal(18)}) - 0.5 * (${normal(42)})))`,
};

const selection = (rows: number, seed: number): string => {
  const columns = Object.entries(COLUMNS).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT * EXCLUDE (u), (score >= 0.5)::INTEGER AS prediction, (u < score)::INTEGER AS label FROM (
    SELECT ${columns.join(', ')}, ${uniform(44)} AS u FROM (SELECT range AS i, ${seed * 1e10}::BIGINT + range AS k, ${rows} AS n FROM range(${rows})))`;
};

/** The path of a Parquet file of so many rows; made on first use. */
export const benchFile = async (name: string, rows: number, seed: number): Promise<string> => {
  const path = join(FOLDER, `${name}-${rows}.v${VERSION}.parquet`);
  if (existsSync(path)) return path;
  const scratch = join(FOLDER, 'scratch');
  mkdirSync(scratch, { recursive: true });
  const database = await Database.open({ scratch, memoryMB: 2000, threads: 2, allowed: [FOLDER] });
  try {
    await database.run(`COPY (${selection(rows, seed)}) TO ${quoteText(`${path}.part`)} (FORMAT parquet)`);
  } finally {
    database.close();
    rmSync(scratch, { recursive: true, force: true });
  }
  renameSync(`${path}.part`, path);
  return path;
};
