import { type Container, ContainerError } from '../../local/sagemaker/index.ts';
import { type Applicant, CATEGORIES, FEATURES, NUMBERS } from './applicant.ts';
import { answer, answerText } from './capture.ts';
import { type Model, THRESHOLD } from './model.ts';

/** The example's model as SageMaker serves one: CSV without a header in, `score,prediction` for each row out. The model is made at the first request. */
export function creditRiskContainer(makeModel: () => Model): Container {
  let model: Model | null = null;
  return async ({ contentType, body }) => {
    const type = contentType.split(';')[0]!.trim().toLowerCase();
    if (type !== 'text/csv') throw new ContainerError(415, `expected text/csv, got ${type}`);
    const rows = body
      .toString('utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map(applicantOf);
    if (rows.length === 0) throw new ContainerError(400, 'expected a row of CSV, got nothing');
    const fitted = (model ??= makeModel());
    const lines = rows.map((row) => answerText(answer(fitted, row, () => THRESHOLD)));
    return { contentType: 'text/csv; charset=utf-8', body: Buffer.from(lines.join('\n')) };
  };
}

function applicantOf(line: string, index: number): Applicant {
  const fields = line.split(',');
  if (fields.length !== FEATURES.length)
    throw new ContainerError(400, `row ${index + 1}: expected ${FEATURES.length} fields, got ${fields.length}`);
  const textOf = (name: keyof Applicant): string | null => fields[FEATURES.indexOf(name)] || null;
  const numberOf = (name: keyof Applicant): number | null => {
    const text = textOf(name);
    const value = Number(text);
    if (Number.isNaN(value)) throw new ContainerError(400, `row ${index + 1}: expected a number as ${name}`);
    return text === null ? null : value;
  };
  const numbers = NUMBERS.map((name) => [name, numberOf(name)]);
  return Object.fromEntries([...numbers, ...CATEGORIES.map((name) => [name, textOf(name)])]) as unknown as Applicant;
}
