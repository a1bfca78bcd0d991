export const REGIONS = ['north', 'south', 'east', 'west', 'capital', 'coast', 'hills', 'islands'] as const;
export const CHANNELS = ['web', 'branch', 'partner', 'phone'] as const;
export const HOUSING = ['own', 'rent', 'mortgage', 'other'] as const;
export const SEXES = ['F', 'M'] as const;
export const TERMS = [12, 24, 36, 48, 60] as const;
export const PURPOSES = [
  'car',
  'debt consolidation',
  'home improvement',
  'furniture',
  'education',
  'holiday',
  'wedding',
  'medical',
  'business',
  'moving',
  'electronics',
  'other',
] as const;

/** What the endpoint is sent for one applicant. Categories are text: production may send values nobody planned. */
export interface Applicant {
  income: number | null;
  age: number | null;
  debt_ratio: number | null;
  employment_years: number | null;
  loan_amount: number | null;
  loan_term: number | null;
  savings: number | null;
  previous_defaults: number | null;
  credit_utilisation: number | null;
  region: string | null;
  channel: string | null;
  purpose: string | null;
  housing: string | null;
  sex: string | null;
}
export type Feature = keyof Applicant;

/** An applicant and what became of the loan: known to the training data, not to the endpoint. */
export interface Outcome {
  applicant: Applicant;
  /** The true probability of default. */
  risk: number;
  defaulted: boolean;
}

export const NUMBERS = [
  'income',
  'age',
  'debt_ratio',
  'employment_years',
  'loan_amount',
  'loan_term',
  'savings',
  'previous_defaults',
  'credit_utilisation',
] as const;
export type NumberFeature = (typeof NUMBERS)[number];

export const CATEGORIES = ['region', 'channel', 'purpose', 'housing', 'sex'] as const;
export type CategoryFeature = (typeof CATEGORIES)[number];

/** The order of the input payload. */
export const FEATURES: readonly Feature[] = [...NUMBERS, ...CATEGORIES];
