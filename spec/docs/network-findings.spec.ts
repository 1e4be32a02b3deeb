import { readFileSync } from 'node:fs';
import {
  batchSizeTable,
  choiceTable,
  differenceTable,
  gammaTable,
  kurtosisTable,
  lossTable,
  mimicryTable,
  partsTables,
  rateTable,
} from './network-tables.js';

const page = readFileSync('docs/findings/images.md', 'utf8');

/** What the page quotes, made from the results files anew. */
const tables = [
  ['learning rates', choiceTable()],
  ['held-out losses', lossTable('validationLoss')],
  ['training losses', lossTable('trainingLoss')],
  ['differences of held-out losses', differenceTable('validationLoss')],
  ['differences of test losses', differenceTable('testLoss')],
  ['distances of held-out losses', mimicryTable('validationLoss')],
  ['distances of training losses', mimicryTable('trainingLoss')],
  ...partsTables().map((table, i) => [`parts, ${i}`, table]),
  ['kurtosis at one learning rate', kurtosisTable()],
  ['batch sizes', batchSizeTable()],
  ['γ', gammaTable()],
  ['effective learning rates', rateTable()],
];

describe('the page on networks', () => {
  it.each(tables)('quotes %s as the results files have them', (_name, table) => {
    expect(page).toContain(table);
  });
});
