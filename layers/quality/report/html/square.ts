import * as Plot from '@observablehq/plot';
import { formatNumber } from '../format.ts';

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** A plot of two shares against each other, both from 0 to 1, on the same scale. */
export const square = ([x, y]: [string, string], marks: Plot.Markish[]): Plot.PlotOptions => ({
  ...{ width: 320, height: 314, marginLeft: 44, marginRight: 12, marginTop: 22, marginBottom: 42 },
  x: { domain: [0, 1], axis: null },
  y: { domain: [0, 1], axis: null },
  marks: [
    Plot.gridX(TICKS, { stroke: 'var(--rule)', strokeOpacity: 1 }),
    Plot.gridY(TICKS, { stroke: 'var(--rule)', strokeOpacity: 1 }),
    Plot.axisX(TICKS, { ...AXIS, label: x, labelAnchor: 'center', labelOffset: 36 }),
    Plot.axisY(TICKS, { ...AXIS, label: y }),
    ...marks,
  ],
});

const AXIS = { tickSize: 0, labelArrow: 'none', tickFormat: (at: number): string => formatNumber(at), fill: 'var(--muted)' } as const;
