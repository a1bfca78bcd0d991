import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Container } from '../../local/sagemaker/index.ts';
import { ENDPOINT, VARIANT } from './capture.ts';
import { creditRiskContainer } from './container.ts';
import { BASELINE_START } from './data.ts';
import { trainedModel } from './model.ts';

const MODEL = 'credit-risk-1';
const CONFIG = 'credit-risk-prod-1';
const IMAGE = 'credit-risk';

/** The example's containers, by image. */
export const exampleContainers = (seed: number): Record<string, Container> => ({
  [IMAGE]: creditRiskContainer(() => trainedModel(seed, BASELINE_START)),
});

/** The endpoint of the example as SageMaker describes it, by file: all requests captured, to where the monitor looks for them. */
export const exampleDescriptions = (destination: string): Record<string, object> => ({
  [`endpoints/${ENDPOINT}`]: {
    EndpointStatus: 'InService',
    EndpointConfigName: CONFIG,
    ProductionVariants: [{ VariantName: VARIANT, CurrentWeight: 1 }],
  },
  [`endpoint-configs/${CONFIG}`]: {
    ProductionVariants: [{ VariantName: VARIANT, ModelName: MODEL, InitialVariantWeight: 1 }],
    DataCaptureConfig: {
      EnableCapture: true,
      InitialSamplingPercentage: 100,
      DestinationS3Uri: destination,
      CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
      CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'], JsonContentTypes: ['application/json'] },
    },
  },
  [`models/${MODEL}`]: { PrimaryContainer: { Image: IMAGE } },
});

/** Writes the example's descriptions to a folder that is not there yet. One that is stays as it is. */
export function writeExample(directory: string, destination: string): void {
  if (existsSync(directory)) return;
  for (const [name, content] of Object.entries(exampleDescriptions(destination))) {
    const path = join(directory, `${name}.json`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
  }
}
