// Specs are compiled by tsc into .build and run outside jest's vm contexts: inside them every look-up of a
// global (Math, Float64Array) is slow, which costs numerical code up to 45 times.
export default {
  rootDir: '..',
  runner: 'jest-light-runner',
  roots: ['<rootDir>/.build/spec'],
  testMatch: ['**/*.spec.js'],
  transform: {},
  // All cores: jest leaves one free unless told otherwise, half of a small machine.
  maxWorkers: '100%',
};
