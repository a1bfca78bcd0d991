import { stepUp } from './step-up.ts';

/**
 * Benjamini and Hochberg's adjustment: factor m/i for the i-th smallest of m. Holds the share of false alarms among all alarms where the tests
 * are independent or positively dependent. Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
 */
export const benjaminiHochberg = (pValues: readonly (number | null)[]): (number | null)[] => stepUp(pValues, (rank, tests) => tests / rank);
