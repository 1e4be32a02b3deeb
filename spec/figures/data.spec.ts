import { bandEdges, corners, visibleBars, visiblePoints, visibleReferences } from '../../lib/figures/data.js';
import { layOut, type PanelLayout } from '../../lib/figures/layout.js';
import type { Panel, Series } from '../../lib/figures/index.js';
import { plain } from './reading.js';

const series = (part: Partial<Series>): Series => ({ ...plain().panels[0].series[0], ...part });
const layout = (panel: Partial<Panel> = {}): PanelLayout => layOut(plain({}, panel))[0];
const log = layout({ y: { label: 'ε', scale: 'log', domain: [0.01, 1] } });

describe('corners', () => {
  it('are the data, NaN where an axis cannot show them', () => {
    const line = series({ x: [1, NaN, 3, 4, 5], y: [0.1, 0.2, Infinity, 0, -1] });
    expect(corners(line, layout())).toEqual([
      { x: 1, y: 0.1 },
      { x: NaN, y: 0.2 },
      { x: 3, y: NaN },
      { x: 4, y: 0 },
      { x: 5, y: -1 },
    ]);
    expect(corners(line, log).map(({ y }) => y)).toEqual([0.1, 0.2, NaN, NaN, NaN]);
  });

  it('are never so far out that their places overflow, nor so near that a line turns inside the frame', () => {
    const far = corners(series({ x: [0, 1, 1e308], y: [1e308, -1e308, 5e-324] }), layout());
    for (const { x, y } of far) {
      for (const at of [layout().x.scale.apply(x), layout().y.scale.apply(y)])
        expect(Number.isFinite(at)).toBe(true);
    }
    // From (0, 0) to (1, 1e308) the line leaves the frame of height 1 at x < 0.01 of the way.
    expect(far[0].y).toBeGreaterThan(100);
  });
});

describe('visiblePoints', () => {
  it('are those inside the domain, its ends included', () => {
    const points = series({ x: [0, 5, 10, 11, NaN, 5, 5], y: [0, 0.5, 1, 0.5, 0.5, 1.1, NaN] });
    expect(visiblePoints(points, layout())).toEqual([
      { x: 0, y: 0 },
      { x: 5, y: 0.5 },
      { x: 10, y: 1 },
    ]);
    expect(visiblePoints(points, log)).toHaveLength(2);
  });
});

describe('visibleBars', () => {
  it('reach one standard error up and down, cut at the domain, also where y − error is not positive on a log axis', () => {
    const bars = series({ x: [1, 2, 3, 12], y: [0.5, 0.95, 0.1, 0.5], errors: [0.25, 0.25, 0.2, 0.1] });
    expect(visibleBars(bars, log)).toEqual([
      { x: 1, y1: 0.25, y2: 0.75 },
      { x: 2, y1: 0.7, y2: 1 },
      // 0.1 + 0.2 in binary.
      { x: 3, y1: 0.01, y2: 0.1 + 0.2 },
    ]);
  });

  it('are none for errors of zero, points that cannot be shown and series without errors', () => {
    expect(visibleBars(series({ errors: [0, 0, 0] }), layout())).toEqual([]);
    expect(visibleBars(series({ y: [NaN, 5, -3], errors: [1, 1, 1] }), layout())).toEqual([]);
    expect(visibleBars(series({}), layout())).toEqual([]);
  });
});

describe('bandEdges', () => {
  it('are one standard error below and above, in full, and a gap where there is no value', () => {
    const band = series({ kind: 'band', x: [1, 2, 3], y: [0.5, NaN, 0.9], errors: [0.25, 0, 0.25] });
    expect(bandEdges(band, layout())).toEqual([
      { x: 1, y1: 0.25, y2: 0.75 },
      { x: NaN, y1: NaN, y2: NaN },
      { x: 3, y1: 0.65, y2: 1.15 },
    ]);
  });

  it('reach down to the end of the domain where y − error is not positive on a log axis', () => {
    const band = series({ kind: 'band', x: [1, 2, 3], y: [0.1, 0.001, -1], errors: [0.2, 0.002, 0.5] });
    expect(bandEdges(band, log)).toEqual([
      { x: 1, y1: 0.01, y2: 0.1 + 0.2 },
      // Below the frame all of it.
      { x: 2, y1: 0.001, y2: 0.003 },
      { x: NaN, y1: NaN, y2: NaN },
    ]);
  });
});

describe('visibleReferences', () => {
  it('are those inside the domain of their own axis', () => {
    const references = [
      { axis: 'x', value: 5 },
      { axis: 'y', value: 5 },
      { axis: 'y', value: 1 },
    ] as const;
    expect(visibleReferences(layout({ references }))).toEqual([references[0], references[2]]);
  });
});
