// Draws a figure for one column of a journal: what a falling learning rate does to noisy labels. Writes schedules.pdf.
import { identity, sgd, solve, type Schedule } from 'order-parameters';
import { writeFigure, type Series, type SeriesStyle } from 'order-parameters/figures';

const times = Array.from({ length: 101 }, (_, i) => 10 ** (i / 25 - 1));

function curve(label: string, style: SeriesStyle, learningRate: Schedule): Series {
  const rule = sgd({ activation: identity, learningRate, noiseVariance: 0.1 });
  const run = solve({ rule, initial: { overlap: 0.1, length: 1 }, times });
  console.log(label, 'ends at ε =', run.series('generalizationError').at(-1));
  return { label, kind: 'line', style, x: times, y: run.series('generalizationError') };
}

await writeFigure(
  {
    title: 'Generalization error of linear SGD under a constant and a falling learning rate',
    columns: 1,
    panelWidth: 244,
    panelHeight: 180,
    panels: [
      {
        x: { label: 't = steps/N', scale: 'log' },
        y: { label: 'generalization error ε', scale: 'log' },
        series: [
          curve('η = 0.5', { color: 'blue' }, 0.5),
          curve('η = 0.5/(1 + t/10)', { color: 'vermillion', dash: 'dashed' }, (t) => 0.5 / (1 + t / 10)),
        ],
        // ηS/(2M − η), where a constant rate comes to rest.
        references: [{ axis: 'y', value: 0.05 / 1.5, label: 'ηS/(2 − η)' }],
      },
    ],
  },
  'schedules.pdf',
);
