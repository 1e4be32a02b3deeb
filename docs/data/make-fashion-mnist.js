// Makes the images in docs/data/fashion-mnist from the whole data set, by the rule that README.md beside this file states:
// `node docs/data/make-fashion-mnist.js FOLDER`, where FOLDER holds the four idx.gz files of Fashion-MNIST.
import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const CLASSES = 10;
const IMAGE = 28 * 28;
const parts = [
  { name: 'train', ofEachClass: 400 },
  { name: 't10k', ofEachClass: 100 },
];

/** A header as the whole set has it, with another count of entries. */
function headerFor(count, header) {
  const copy = Buffer.from(header);
  copy.writeUInt32BE(count, 4);
  return copy;
}

/** Places of images in the whole set: the first of each class, from class 0 to 9, then the second of each, and so on. */
function placesOf(labels, ofEachClass) {
  const places = Array.from({ length: CLASSES }, () => []);
  labels.forEach((label, place) => places[label].push(place));
  return Array.from({ length: ofEachClass }, (_, round) => places.map((ofClass) => ofClass[round])).flat();
}

/** The files of the subset by name, as they are before they are packed. */
export function subsetOf(folder) {
  return parts.flatMap(({ name, ofEachClass }) => {
    const [imagesName, labelsName] = [`${name}-images-idx3-ubyte`, `${name}-labels-idx1-ubyte`];
    const [images, labels] = [imagesName, labelsName].map((file) =>
      gunzipSync(readFileSync(`${folder}/${file}.gz`)),
    );
    const places = placesOf(labels.subarray(8), ofEachClass);
    const chosen = places.map((place) => images.subarray(16 + place * IMAGE, 16 + (place + 1) * IMAGE));
    return [
      [imagesName, Buffer.concat([headerFor(places.length, images.subarray(0, 16)), ...chosen])],
      [
        labelsName,
        Buffer.concat([
          headerFor(places.length, labels.subarray(0, 8)),
          Buffer.from(places.map((place) => labels[8 + place])),
        ]),
      ],
    ];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = fileURLToPath(new URL('fashion-mnist/', import.meta.url));
  mkdirSync(target, { recursive: true });
  for (const [name, bytes] of subsetOf(process.argv[2]))
    writeFileSync(`${target}${name}.gz`, gzipSync(bytes, { level: 9 }));
}
