declare const ASSAY_VERSION: string | undefined;

/** Set by the build from package.json. */
export const VERSION: string = typeof ASSAY_VERSION === 'undefined' ? '0.0.0-source' : ASSAY_VERSION;
