// The rooms of the library, each a page of the API reference, with the entry of the package that exports it.
export const rooms = [
  {
    name: 'gaussian',
    about: 'Averages over the fields of teacher and student, for built-in activations and your own.',
  },
  {
    name: 'dynamics',
    about: 'Learning rules as data: their order-parameter equations and their discrete steps.',
  },
  {
    name: 'trajectory',
    about: 'Trajectories of the order parameters, and their fluctuations at a finite dimension.',
  },
  { name: 'ode', about: 'Initial-value problems of any kind: methods, events, answers at any time.' },
  { name: 'stability', about: 'Fixed points, their spectra, maximum and effective learning rates.' },
  { name: 'simulation', about: 'Monte Carlo of the dynamics, by explicit inputs or without them.' },
  { name: 'training', about: 'Students trained on finite training sets.' },
  { name: 'generalization', about: 'Learning curves at large (P, N), in closed form and by saddle points.' },
  {
    name: 'regularization',
    about: 'Batch statistics and the gamma decay of Theorem 1, from theory and from data.',
  },
  { name: 'comparison', about: 'Theory against simulation, and one rule against another.' },
  { name: 'numerics', about: 'Statistical tests and fits.' },
  { name: 'foundation', about: 'The errors that tell of a wrong argument.' },
  {
    name: 'networks',
    entry: 'networks/index.ts',
    about: 'Small convolutional networks on images: `order-parameters/networks`.',
  },
  {
    name: 'figures',
    entry: 'figures/index.ts',
    about: 'Figures as SVG, PNG or PDF: `order-parameters/figures`.',
  },
  { name: 'sweep', entry: 'sweep/index.ts', about: 'Many points of one command: `order-parameters/sweep`.' },
  {
    name: 'queue',
    entry: 'sweep/queue/index.ts',
    about: 'Sweeps over many machines: `order-parameters/queue`.',
  },
];
