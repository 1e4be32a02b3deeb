import { rangeError, requireInteger, requireWithin, typeError } from '../foundation/checks.js';
import type { GeneralizationConfig } from './schema.js';

/** The longest time of `gradientFlow`. */
const LONGEST_TIME = 1e300;

/** Whether a rule sets its decay itself, and its students are trained by minibatches. */
export function setsItsDecay(rule: GeneralizationConfig['rule']): rule is 'sgd' | 'batch-normalization' {
  return rule === 'sgd' || rule === 'batch-normalization';
}

/** Entries that a configuration may not have, each with what makes it useless. */
function unusedEntries(config: GeneralizationConfig): [name: keyof GeneralizationConfig, setting: string][] {
  const { rule, activation, dimension, optimum, flowTimes } = config;
  const unused: [keyof GeneralizationConfig, string][] = [];
  const refuse = (setting: string, ...names: (keyof GeneralizationConfig)[]): void => {
    unused.push(...names.map((name): [keyof GeneralizationConfig, string] => [name, setting]));
  };
  if (setsItsDecay(rule)) refuse(`for rule ${rule}`, 'gammaDecay', 'optimum');
  else refuse(`for rule ${rule}`, 'batchSize');
  if (rule === 'batch-normalization') refuse(`for rule ${rule}`, 'flowTimes');
  if (activation !== 'identity') refuse(`for activation ${activation}`, 'flowTimes', 'optimum');
  if (optimum) refuse('where optimum is given', 'gammaDecay', 'flowTimes', 'dimension', 'teacherActivation');
  if (flowTimes !== undefined) refuse('where flowTimes is given', 'dimension', 'teacherActivation');
  if (dimension === undefined) refuse('where dimension is not given', 'engine');
  return unused;
}

/**
 * Checks which entries stand together, and those that only some runs use.
 *
 * @throws RangeError or TypeError, one line, naming an entry
 */
export function checkEntries(config: GeneralizationConfig): void {
  const { rule, dimension, teacherActivation, teacherLength, batchSize, flowTimes } = config;
  for (const [name, setting] of unusedEntries(config)) {
    const value = config[name];
    if (value !== undefined && value !== false) throw rangeError(name, `left out ${setting}`, value);
  }
  if (rule === 'batch-normalization' && batchSize === undefined)
    throw typeError('batchSize', 'given for rule batch-normalization', batchSize);
  if (batchSize !== undefined) requireInteger('batchSize', batchSize, rule === 'sgd' ? 1 : 2);
  flowTimes?.forEach((time, i) => requireWithin(`flowTimes[${i}]`, time, 0, LONGEST_TIME));
  if (dimension !== undefined && (teacherActivation !== undefined || teacherLength !== 1)) {
    throw rangeError('dimension', 'left out where teacherActivation or teacherLength is given', dimension);
  }
}
