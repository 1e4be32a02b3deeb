import { register } from 'node:module';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';

/**
 * tfjs with automatic differentiation, on its CPU backend. The file that registers its gradients is made for bundlers, which leave out
 * `.js`: a hook of this thread adds it.
 */
export async function automaticDifferentiation(): Promise<typeof tf> {
  const hook = `export async function resolve(name, context, next) {
    try { return await next(name, context); } catch { return next(name + '.js', context); }
  }`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
  const gradients = '@tensorflow/tfjs-core/dist/register_all_gradients.js';
  await import(gradients);
  // Else it says in each test that it is slow here.
  tf.env().set('PROD', true);
  await tf.setBackend('cpu');
  return tf;
}
