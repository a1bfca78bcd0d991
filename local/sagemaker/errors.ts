/** An error in the shape of the JSON 1.1 protocol. */
export class SageMakerError extends Error {
  override readonly name = 'SageMakerError';
  constructor(
    /** `ValidationException`, `AccessDeniedException`, … */
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** As IAM words it. */
export const accessDenied = (operation: string, arn: string, account: string): SageMakerError =>
  new SageMakerError(
    'AccessDeniedException',
    `User: arn:aws:sts::${account}:assumed-role/local/session is not authorized to perform: sagemaker:${operation} on resource: ${arn} because no identity-based policy allows the sagemaker:${operation} action`,
  );
