import { checkKinks } from './random-expressions.js';

it('random expressions have all their kinks and no others', async () => {
  const { jumps, kinks } = await checkKinks(400);
  expect(jumps).toBeGreaterThan(100);
  expect(kinks).toBeGreaterThan(100);
});
