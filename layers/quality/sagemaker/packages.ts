import type { ContainerDefinition, DescribeModelOutput, DescribeModelPackageOutput } from '@aws-sdk/client-sagemaker';
import type { ControlPlane } from './control-plane.ts';
import { RefusalError } from './refusal.ts';
import type { Variant } from './variants.ts';
import { clean, enumerated, parseArn } from './words.ts';

export interface Found {
  packages: DescribeModelPackageOutput[];
  /** What was found, a line each. */
  facts: string[];
  notes: string[];
}

/** The model packages behind some variants, each once, in their order. What cannot be read is a note. */
export async function packagesOf(plane: ControlPlane, variants: readonly Variant[], account: string | null): Promise<Found> {
  const found: Found = { packages: [], facts: [], notes: [] };
  const seen = new Set<string>();
  for (const { name, model } of variants) {
    if (model === null) {
      found.notes.push(`variant ${clean(name)} names no model (it runs inference components): no model package is looked for`);
      continue;
    }
    if (seen.has(model)) continue;
    seen.add(model);
    const described = await tried(() => plane.model(model), found.notes);
    if (described === null) continue;
    sayModel(described, found);
    for (const packageName of packageNames(described, model, found)) {
      if (seen.has(packageName)) continue;
      seen.add(packageName);
      const opened = await tried(() => plane.modelPackage(packageName), found.notes, foreignHint(packageName, account));
      if (opened === null) continue;
      found.packages.push(opened);
      found.facts.push(`model      ${clean(model)}, ${packageLine(opened)}`);
    }
  }
  return found;
}

const containersOf = ({ PrimaryContainer, Containers }: DescribeModelOutput): ContainerDefinition[] => [
  ...(PrimaryContainer === undefined ? [] : [PrimaryContainer]),
  ...(Containers ?? []),
];

function packageNames(described: DescribeModelOutput, model: string, found: Found): string[] {
  const names = containersOf(described).flatMap(({ ModelPackageName }) => ModelPackageName ?? []);
  if (names.length > 0) return names;
  found.facts.push(`model      ${clean(model)}, of no model package`);
  found.notes.push(
    `model ${clean(model)} was not made from a model package, so the registry has no baseline of it; give reference data (assay baseline), or a baseline of Model Monitor (assay import)`,
  );
  return [];
}

/** A multi-model endpoint does not capture. */
function sayModel(described: DescribeModelOutput, { notes }: Found): void {
  if (containersOf(described).some(({ Mode }) => Mode === 'MultiModel'))
    notes.push(
      `model ${clean(described.ModelName ?? '')} hosts many models: SageMaker captures nothing of multi-model endpoints; serve it by itself`,
    );
}

function packageLine(opened: DescribeModelPackageOutput): string {
  const name =
    opened.ModelPackageGroupName === undefined
      ? (opened.ModelPackageName ?? opened.ModelPackageArn ?? '')
      : `${opened.ModelPackageGroupName}/${opened.ModelPackageVersion ?? '?'}`;
  const more = [opened.ModelApprovalStatus, opened.Task].flatMap((word) => word ?? []).map(clean);
  return `package ${clean(name)}${more.length === 0 ? '' : ` (${more.join(', ')})`}`;
}

/** Of several packages with baselines the first counts: the one with the most traffic. */
export function preferredPackage({ packages, notes }: Found): DescribeModelPackageOutput | null {
  const [first, ...others] = packages.filter((opened) => opened.DriftCheckBaselines !== undefined || opened.ModelMetrics !== undefined);
  if (first !== undefined && others.length > 0)
    notes.push(
      `the variants serve several model packages; the baseline is that of ${clean(first.ModelPackageArn ?? '')}, not of ${enumerated(others.map(({ ModelPackageArn }) => ModelPackageArn ?? ''))}; --variant tells them apart`,
    );
  return first ?? packages[0] ?? null;
}

const foreignHint = (packageName: string, account: string | null): string => {
  const owner = parseArn(packageName)?.account;
  if (owner === undefined || account === null || owner === account) return '';
  return `; the package is of account ${owner}: the resource policy of its group has to allow it too`;
};

/** What is asked, or null with a note that says why not. Without credentials nothing else will work either. */
export async function tried<T>(ask: () => Promise<T>, notes: string[], denied = ''): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof RefusalError) || error.kind === 'credentials' || error.kind === 'region') throw error;
    notes.push(`${error.message}${error.kind === 'denied' ? denied : ''}`);
    return null;
  }
}
