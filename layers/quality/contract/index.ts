export * from './columns.ts';
export * from './errors.ts';
export * from './format.ts';
export * from './keys.ts';
export * from './monitor.ts';
export * from './report.ts';
export * from './verdict.ts';
