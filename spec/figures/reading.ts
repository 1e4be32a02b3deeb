import { DOMParser } from 'linkedom';
import type { Figure } from '../../lib/figures/index.js';

/** An element as far as these specs read it. */
export interface Node {
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Node>;
  readonly parentElement: Node | null;
}

/** An SVG as a document tree. */
export function parse(svg: string): Node {
  return new DOMParser().parseFromString(svg, 'image/svg+xml') as unknown as Node;
}

/** All elements of a kind under the groups that Plot labels so: line, dot, rule, frame, text, "x-axis tick label" … */
export function marks(root: Node, group: string, element: string): Node[] {
  return [...root.querySelectorAll(`[aria-label="${group}"]`)].flatMap((node) => [
    ...node.querySelectorAll(element),
  ]);
}

/** Numbers of some attributes of an element. */
export function numbers(node: Node, ...names: string[]): number[] {
  return names.map((name) => Number(node.getAttribute(name)));
}

/** Where the ink of a piece of text is, in points of its panel, with the label it says. */
export interface TextBox {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The two numbers of a translation. */
function shift(transform: string | null): [number, number] {
  if (transform === null) return [0, 0];
  const [x, y] = /translate\(([^)]*)\)/u.exec(transform)![1].split(',').map(Number);
  return [x, y];
}

/** Points of path data with absolute coordinates, control points included. */
export function pointsOf(data: string): { xs: number[]; ys: number[] } {
  const all = data.match(/-?\d+(?:\.\d+)?/gu)!.map(Number);
  return { xs: all.filter((_, at) => at % 2 === 0), ys: all.filter((_, at) => at % 2 === 1) };
}

/** Outlines of glyphs by what refers to them, from the document of a node. */
function outlinesOf(node: Node): Map<string, ReturnType<typeof pointsOf>> {
  let root = node;
  while (root.parentElement !== null) root = root.parentElement;
  const paths = [...root.querySelectorAll('defs > path')];
  return new Map(
    paths.map((path) => [`#${path.getAttribute('id')!}`, pointsOf(path.getAttribute('d')!)] as const),
  );
}

/** Points of the glyphs of a label, in its own coordinates. */
export function inkOf(label: Node, outlines = outlinesOf(label)): { xs: number[]; ys: number[] } {
  const glyphs = [...label.querySelectorAll('use')].map((use) => {
    const word = use.parentElement!.getAttribute('transform')!;
    const [x, y] = shift(word);
    const scale = Number(/scale\(([^)]*)\)/u.exec(word)![1]);
    const [left, base] = numbers(use, 'x', 'y');
    const { xs, ys } = outlines.get(use.getAttribute('xlink:href')!)!;
    return { xs: xs.map((at) => x + scale * (at + left)), ys: ys.map((at) => y + scale * (at + base)) };
  });
  return { xs: glyphs.flatMap(({ xs }) => xs), ys: glyphs.flatMap(({ ys }) => ys) };
}

/** Outlined texts under a node, by the control points of their outlines. */
export function textBoxes(root: Node): TextBox[] {
  const labels = new Set([...root.querySelectorAll('use')].map((use) => use.parentElement!.parentElement!));
  const outlines = outlinesOf(root);
  return [...labels].map((label) => {
    const { xs, ys } = inkOf(label, outlines);
    const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    const transform = label.getAttribute('transform')!;
    const [own, group] = [shift(transform), shift(label.parentElement!.getAttribute('transform'))];
    const [x, y] = [own[0] + group[0], own[1] + group[1]];
    const text = label.getAttribute('aria-label')!;
    // Turned to the left, what ran right runs up and what was above is on the left.
    return transform.includes('rotate(-90)')
      ? { text, left: x + top, right: x + bottom, top: y - right, bottom: y - left }
      : { text, left: x + left, right: x + right, top: y + top, bottom: y + bottom };
  });
}

/** Pairs of texts whose ink overlaps. */
export function overlaps(boxes: readonly TextBox[]): string[] {
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.text} | ${b.text}`),
  );
}

/** The frame of a figure with one panel, in points. */
export function frameOf(root: Node): Omit<TextBox, 'text'> {
  const [frame] = root.querySelectorAll('rect[aria-label="frame"]');
  const [left, top, width, height] = numbers(frame, 'x', 'y', 'width', 'height');
  return { left, top, right: left + width, bottom: top + height };
}

/** Equally spaced numbers, both ends included. */
export function spaced(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));
}

/** A figure as the package makes them: four rules, curves and simulations, one logarithmic panel and one linear. */
export function learningCurves(): Figure {
  const times = spaced(-0.5, 2.6, 200).map((exponent) => 10 ** exponent);
  const runs = spaced(-0.4, 2.5, 12).map((exponent) => 10 ** exponent);
  const styles = [
    ['SGD', 'blue', 'circle', 60],
    ['WN', 'vermillion', 'square', 32],
    ['BN, M = 8', 'green', 'triangle', 18],
    ['WN + γ decay', 'purple', 'diamond', 25],
  ] as const;
  const sigmoid = (t: number, at: number): number => 1 / (1 + Math.exp((at - t) / (at / 8)));
  const overlap = (t: number, at: number): number =>
    0.1 + 0.4 * (1 - Math.exp(-t / 2.5)) + 0.48 * sigmoid(t, at);
  const error = (t: number, at: number): number => 1.0005 - overlap(t, at) ** 0.1 + 0.1 / (1 + t);
  const series = (
    value: (t: number, at: number) => number,
    deviation: number,
  ): Figure['panels'][number]['series'] =>
    styles.flatMap(([label, color, marker, at], index) => [
      { label, kind: 'line', style: { color }, x: times, y: times.map((t) => value(t, at)) },
      {
        label,
        kind: 'points',
        style: { color, marker },
        x: runs,
        y: runs.map((t) => value(t, at) * (1 + deviation * Math.sin(7 * t + index))),
        errors: runs.map((t) => deviation * value(t, at)),
      },
    ]);
  const x = { label: 't = steps/N', scale: 'log', domain: [0.3, 400] } as const;
  return {
    title: 'Learning curves of four rules',
    columns: 2,
    panelWidth: 252.5,
    panelHeight: 200,
    panels: [
      {
        x,
        y: { label: 'generalization error ε', scale: 'log', domain: [1e-4, 0.5] },
        series: series(error, 0.2),
        references: [{ axis: 'y', value: 2e-4, label: 'ε_∞' }],
      },
      { x, y: { label: 'overlap R', domain: [0, 1.1] }, series: series(overlap, 0.05), legend: 'none' },
    ],
  };
}

/** A figure of one panel and one series, the rest by default. */
export function plain(
  series: Partial<Figure['panels'][number]['series'][number]> = {},
  panel: Partial<Figure['panels'][number]> = {},
  figure: Partial<Figure> = {},
): Figure {
  return {
    columns: 1,
    panelWidth: 244,
    panelHeight: 170,
    panels: [
      {
        x: { label: 't', domain: [0, 10] },
        y: { label: 'R', domain: [0, 1] },
        series: [
          {
            label: 'WN',
            kind: 'points',
            style: { color: 'blue' },
            x: [1, 2, 3],
            y: [0.2, 0.5, 0.7],
            ...series,
          },
        ],
        ...panel,
      },
    ],
    ...figure,
  };
}
