import { Runtime } from 'aws-cdk-lib/aws-lambda';

/** The runtime of every function and layer. */
export const RUNTIME = Runtime.NODEJS_24_X;
