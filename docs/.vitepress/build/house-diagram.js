// Rows of boxes with arrows from each box to others in lower rows, as SVG.

const [WIDTH, HEIGHT, ROW] = [118, 26, 62]; // of a box, and from row to row
const GAP = 22; // between boxes; arrows that pass a row keep it too
const MARGIN = 8;
const HEAD = 5; // from the end of a line to the tip of its arrow
const ROUNDS = 40; // of ordering and placing, by neighbours above and below in turn

/** Boxes and bends in rows, each with its neighbours above and below. An arrow has a bend in every row it passes. */
function layered(rows, arrows) {
  const layers = rows.map((names, row) => names.map((name) => ({ name, row, above: [], below: [] })));
  const boxes = new Map(layers.flat().map((box) => [box.name, box]));
  const paths = arrows.map(([from, to]) => {
    const path = [boxes.get(from)];
    for (let row = path[0].row + 1; row < boxes.get(to).row; row++) {
      const bend = { row, above: [], below: [] };
      layers[row].push(bend);
      path.push(bend);
    }
    path.push(boxes.get(to));
    path.slice(1).forEach((node, i) => {
      node.above.push(path[i]);
      path[i].below.push(node);
    });
    return path;
  });
  return { layers, paths };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spaceOf = ({ name }) => (name === undefined ? 0 : WIDTH);

/** Where a node would like to be: among its neighbours on one side, or where it is if it has none there. */
const wanted = (node, side) => (node[side].length > 0 ? mean(node[side].map(({ x }) => x)) : node.x);

/** Puts the nodes of a layer, in their order, as near to their wishes as their widths allow. */
function spread(layer, wishes) {
  let end = -Infinity;
  const places = layer.map((node, i) => {
    const x = Math.max(wishes[i], end + spaceOf(node) / 2);
    end = x + spaceOf(node) / 2 + GAP;
    return x;
  });
  const shift = mean(places.map((x, i) => wishes[i] - x));
  layer.forEach((node, i) => {
    node.x = places[i] + shift;
  });
}

/** Orders every layer by the places of neighbours above and below in turn, and spreads it. */
function place(layers) {
  for (const layer of layers) layer.forEach((node, i) => (node.x = i * WIDTH));
  for (let round = 0; round < ROUNDS; round++) {
    const down = round % 2 === 0;
    for (const layer of down ? layers : layers.toReversed()) {
      const wish = new Map(layer.map((node) => [node, wanted(node, down ? 'above' : 'below')]));
      layer.sort((a, b) => wish.get(a) - wish.get(b));
      spread(
        layer,
        layer.map((node) => wish.get(node)),
      );
    }
  }
}

const middleOf = ({ row }) => MARGIN + HEIGHT / 2 + row * ROW;

/** A smooth line down through the nodes of a path, from the foot of its first box to the top of its last; straight where it passes a row. */
function lineOf(path) {
  const [first, ...rest] = path;
  let [x, y] = [first.x, middleOf(first) + HEIGHT / 2];
  let line = `M${x} ${y}`;
  for (const node of rest) {
    const [top, foot] = [middleOf(node) - HEIGHT / 2, middleOf(node) + HEIGHT / 2];
    const end = node.name === undefined ? top : top - HEAD;
    const half = (y + end) / 2;
    line += `C${x} ${half} ${node.x} ${half} ${node.x} ${end}`;
    if (node.name === undefined) line += `V${foot}`;
    [x, y] = [node.x, foot];
  }
  return line;
}

/** The diagram: names in rows, and arrows as pairs of names, each to a lower row. */
export function diagram(title, rows, arrows) {
  const { layers, paths } = layered(rows, arrows);
  place(layers);
  const nodes = layers.flat();
  const left = Math.min(...nodes.map((node) => node.x - spaceOf(node) / 2)) - MARGIN;
  for (const node of nodes) node.x = Math.round(node.x - left);
  const width = Math.max(...nodes.map((node) => node.x + spaceOf(node) / 2)) + MARGIN;
  const height = 2 * MARGIN + HEIGHT + (rows.length - 1) * ROW;
  const lines = paths.map((path) => `<path d="${lineOf(path)}" marker-end="url(#head)"/>`);
  const boxes = nodes.filter(({ name }) => name !== undefined);
  const frames = boxes.map(
    (box) =>
      `<rect x="${box.x - WIDTH / 2}" y="${middleOf(box) - HEIGHT / 2}" width="${WIDTH}" height="${HEIGHT}" rx="4"/>`,
  );
  const names = boxes.map((box) => `<text x="${box.x}" y="${middleOf(box) + 4.5}">${box.name}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${title}</title>
<marker id="head" orient="auto" markerWidth="8" markerHeight="8" refX="2" refY="3"><path d="M0 0L7 3L0 6z" fill="#57606a"/></marker>
<rect width="100%" height="100%" fill="white"/>
<g fill="none" stroke="#57606a">
${lines.join('\n')}
</g>
<g fill="#f2f5f9" stroke="#57606a">
${frames.join('\n')}
</g>
<g font-family="sans-serif" font-size="13" text-anchor="middle">
${names.join('\n')}
</g>
</svg>
`;
}
