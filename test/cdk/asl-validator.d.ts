declare module 'asl-validator' {
  /** Fills in what the definition leaves open: hand in a copy. */
  export default function validate(definition: object): { isValid: boolean; errors: unknown[] };
}
