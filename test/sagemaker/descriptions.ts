export const ENDPOINT = 'credit-risk-prod';
export const PACKAGE = 'arn:aws:sagemaker:us-east-1:000000000000:model-package/credit/7';
export const LOCATION = `s3://capture/data/${ENDPOINT}/`;

/** Descriptions by file; one that is null is left out. */
export type Files = Record<string, object | null>;

export const capture = (of: object = {}): object => ({
  EnableCapture: true,
  InitialSamplingPercentage: 20,
  DestinationS3Uri: 's3://capture/data',
  CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
  CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'] },
  ...of,
});
export const endpoint = (of: object = {}): object => ({
  EndpointStatus: 'InService',
  EndpointConfigName: 'credit-7',
  ProductionVariants: [{ VariantName: 'AllTraffic', CurrentWeight: 1 }],
  ...of,
});
export const config = (of: object = {}): object => ({
  ProductionVariants: [{ VariantName: 'AllTraffic', ModelName: 'credit-7' }],
  DataCaptureConfig: capture(),
  ...of,
});

/** An endpoint that captures all there is, of a model without a package. */
export const PLAIN: Files = {
  [`endpoints/${ENDPOINT}`]: endpoint(),
  'endpoint-configs/credit-7': config(),
  'models/credit-7': { PrimaryContainer: { Image: 'xgboost' } },
};

/** The same, of the registered model package credit/7. */
export const registered = (of: object = {}): Files => ({
  'models/credit-7': { Containers: [{ Image: 'scaler' }, { ModelPackageName: PACKAGE }] },
  'model-packages/credit/7': {
    ModelPackageGroupName: 'credit',
    ModelPackageVersion: 7,
    ModelPackageStatus: 'Completed',
    ModelApprovalStatus: 'Approved',
    ...of,
  },
});
