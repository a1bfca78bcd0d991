/** A price of AWS in us-east-1, on demand, without free tiers and discounts. */
export interface Price {
  what: string;
  dollars: number;
  /** What that is the price of: so many units. */
  per: number;
  unit: string;
  source: string;
  /** When the source says it held. */
  of: string;
}

export const PRICES = {
  lambda: {
    what: 'Lambda, arm64, first 7.5 billion GB-seconds a month',
    dollars: 13.3334,
    per: 1_000_000,
    unit: 'GB-seconds',
    source: 'https://cloudchipr.com/blog/aws-lambda-pricing',
    of: '2024',
  },
  lambdaRequest: {
    what: 'Lambda, requests',
    dollars: 0.2,
    per: 1_000_000,
    unit: 'requests',
    source: 'https://git.mcrn.ar/mariano/lambda_local_runner/src/branch/main/docs/lambdas-md/lambda-13-cost.md',
    of: 'May 2026',
  },
  lambdaStorage: {
    what: 'Lambda, /tmp beyond 512 MB',
    dollars: 0.0309,
    per: 1_000_000,
    unit: 'GB-seconds',
    source: 'https://aws.amazon.com/lambda/pricing/',
    of: 'not dated',
  },
  s3Put: {
    what: 'S3 Standard, PUT and LIST',
    dollars: 0.005,
    per: 1000,
    unit: 'requests',
    source: 'https://cloudburn.io/blog/amazon-s3-pricing',
    of: 'March 2026',
  },
  s3Get: {
    what: 'S3 Standard, GET and HEAD',
    dollars: 0.0004,
    per: 1000,
    unit: 'requests',
    source: 'https://cloudburn.io/blog/amazon-s3-pricing',
    of: 'March 2026',
  },
  s3Storage: {
    what: 'S3 Standard, first 50 TB',
    dollars: 0.023,
    per: 1,
    unit: 'GB-month',
    source: 'https://cloudburn.io/blog/amazon-s3-pricing',
    of: 'March 2026',
  },
  sqs: {
    what: 'SQS, standard queue',
    dollars: 0.4,
    per: 1_000_000,
    unit: 'requests',
    source: 'https://cloudburn.io/blog/amazon-sqs-pricing',
    of: 'March 2026',
  },
  event: {
    what: 'EventBridge, events of our own',
    dollars: 1,
    per: 1_000_000,
    unit: 'events',
    source: 'https://www.factualminds.com/blog/amazon-eventbridge-pricing-events-pipes-schema-archive/',
    of: 'June 2026',
  },
  transition: {
    what: 'Step Functions, standard',
    dollars: 0.025,
    per: 1000,
    unit: 'state transitions',
    source: 'https://aws.amazon.com/step-functions/pricing/',
    of: 'not dated',
  },
  logs: {
    what: 'CloudWatch Logs, ingestion',
    dollars: 0.5,
    per: 1,
    unit: 'GB',
    source: 'https://c3x.dev/blog/cloudwatch-logs-cost-optimization',
    of: 'June 2026',
  },
  alarm: {
    what: 'CloudWatch, alarm',
    dollars: 0.1,
    per: 1,
    unit: 'alarm-month',
    source: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/',
    of: 'June 2026',
  },
  metric: {
    what: 'CloudWatch, metric of our own',
    dollars: 0.3,
    per: 1,
    unit: 'metric-month',
    source: 'https://signoz.io/guides/cloudwatch-pricing',
    of: 'February 2026',
  },
  m5large: {
    what: 'SageMaker processing, ml.m5.large',
    dollars: 0.115,
    per: 1,
    unit: 'hour',
    source: 'https://aws.amazon.com/sagemaker/pricing/',
    of: 'not dated',
  },
  m5xlarge: {
    what: 'SageMaker processing, ml.m5.xlarge',
    dollars: 0.23,
    per: 1,
    unit: 'hour',
    source: 'https://aws.amazon.com/sagemaker/pricing/',
    of: 'not dated',
  },
} satisfies Record<string, Price>;

/** Dollars for one unit. */
export const priceOf = (name: keyof typeof PRICES): number => PRICES[name].dollars / PRICES[name].per;
