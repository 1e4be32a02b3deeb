import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { atolFactor, systemOf, type Problem } from './peer-problems.js';

/** One run of a peer at one tolerance; `state` in the components of references.json, null where there is no number. */
export interface PeerRun {
  readonly method: string;
  readonly tolerance: number;
  readonly state: readonly (number | null)[];
  readonly evaluations: number;
  /** The quickest repeat. */
  readonly milliseconds: number;
  readonly medianMilliseconds: number;
  /** `reached-end`, or `failed: ` and why. */
  readonly outcome: string;
}

/** A library of integrators found on this machine. */
export interface Peer {
  readonly name: string;
  /** All its methods; those of `stiffMethods` are for stiff problems. */
  readonly methods: readonly string[];
  readonly stiffMethods: readonly string[];
  run(problem: Problem, method: string, tolerances: readonly number[], repeats: number): PeerRun[];
}

/** What is here, and why what is not. */
export interface Peers {
  readonly scipy?: Peer;
  readonly gsl?: Peer;
  readonly sundials?: Peer;
  readonly missing: readonly string[];
}

// Programs run at the root of the checkout.
const SOURCES = 'benchmarks/work-precision/peers';
const BINARIES = '.build/peers';

/** Whether peers have the right-hand side of a problem: all but batch normalization with ReLU. */
export function peersCover(problem: Problem): boolean {
  return systemOf(problem) !== undefined;
}

function linesOf(command: string, words: readonly string[], input = ''): PeerRun[] {
  const { status, stdout, stderr } = spawnSync(command, words, { input, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${command} ended with ${String(status)}: ${stderr.trim().split('\n').at(-1)!}`);
  // Fortran and C of a library may write lines of their own.
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as PeerRun);
}

function scipy(missing: string[]): Peer | undefined {
  const find = 'import importlib.util as u, sys; sys.exit(u.find_spec("scipy") is None)';
  const python = ['python3', '/usr/bin/python3'].find(
    (command) => spawnSync(command, ['-c', find]).status === 0,
  );
  if (python === undefined) {
    missing.push('scipy: neither python3 nor /usr/bin/python3 has it');
    return undefined;
  }
  return {
    name: 'SciPy',
    methods: ['DOP853', 'LSODA', 'odeint', 'Radau'],
    stiffMethods: ['LSODA', 'odeint', 'Radau'],
    run(problem, method, tolerances, repeats) {
      const [name, factor] = [problem.name, atolFactor(problem)];
      const runs = tolerances.map((tolerance) => ({ problem: name, method, tolerance, atolFactor: factor }));
      return linesOf(python, [join(SOURCES, 'scipy-peer.py')], JSON.stringify({ runs, repeats }));
    },
  };
}

/** Compiles NAME-peer.c unless that was done since its sources changed; undefined, or why it cannot be. */
function compile(name: string, libraries: readonly string[]): string | undefined {
  const source = join(SOURCES, `${name}-peer.c`);
  const headers = readdirSync(SOURCES).filter((file) => file.endsWith('.h'));
  const sources = [source, ...headers.map((file) => join(SOURCES, file))];
  const binary = join(BINARIES, name);
  const built = statSync(binary, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
  if (sources.every((file) => statSync(file).mtimeMs <= built)) return undefined;
  mkdirSync(BINARIES, { recursive: true });
  // Under a name of its own first: another process may be compiling, too.
  const fresh = `${binary}-${String(process.pid)}`;
  const words = ['-O2', source, '-o', fresh, ...libraries.map((library) => `-l${library}`)];
  const { status, stderr, error } = spawnSync('cc', words, { encoding: 'utf8' });
  if (status !== 0)
    return error?.message ?? stderr.split('\n').find((line) => line.includes('error')) ?? stderr.trim();
  renameSync(fresh, binary);
  return undefined;
}

function compiled(
  name: string,
  library: string,
  libraries: readonly string[],
  methods: readonly string[],
  stiffMethods: readonly string[],
  missing: string[],
): Peer | undefined {
  const failure = compile(name, libraries);
  if (failure !== undefined) {
    missing.push(`${name}: cc does not compile ${name}-peer.c with ${library} (${failure})`);
    return undefined;
  }
  return {
    name: library,
    methods,
    stiffMethods,
    run(problem, method, tolerances, repeats) {
      const [system, parameters, initial] = systemOf(problem)!;
      const lists = [parameters.join(',') || '-', initial.join(',')];
      const words = [system, method, problem.until, repeats, ...lists, atolFactor(problem), ...tolerances];
      return linesOf(join(BINARIES, name), words.map(String));
    },
  };
}

/**
 * Looks for SciPy, GSL and SUNDIALS, and compiles what is to be compiled.
 *
 * @throws Error naming the peers that are not here, where the environment has REQUIRE_PEERS=1
 */
export function findPeers(): Peers {
  const missing: string[] = [];
  const cvode = ['cvode', 'nvecserial', 'sunmatrixdense', 'sunlinsoldense', 'sunnonlinsolfixedpoint'];
  const found = {
    scipy: scipy(missing),
    gsl: compiled(
      'gsl',
      'GSL',
      ['gsl', 'gslcblas', 'm'],
      ['rk8pd', 'msadams', 'bsimp', 'msbdf'],
      ['bsimp', 'msbdf'],
      missing,
    ),
    sundials: compiled(
      'sundials',
      'SUNDIALS',
      [...cvode.map((library) => `sundials_${library}`), 'm'],
      ['adams', 'bdf'],
      ['bdf'],
      missing,
    ),
  };
  if (missing.length > 0 && process.env['REQUIRE_PEERS'] === '1') throw new Error(missing.join('; '));
  const { scipy: python, gsl, sundials } = found;
  return { ...(python && { scipy: python }), ...(gsl && { gsl }), ...(sundials && { sundials }), missing };
}

/**
 * Solves a problem with a method of a peer at each tolerance, one process for all.
 *
 * @param repeats how often a run is timed at least
 * @throws RangeError for a problem whose right-hand side peers do not have, or a method the peer does not have
 */
export function runPeer(
  peer: Peer,
  problem: Problem,
  method: string,
  tolerances: readonly number[],
  repeats: number,
): PeerRun[] {
  if (!peersCover(problem))
    throw new RangeError(`\`problem\` must be one that peers have; got ${problem.name}`);
  if (!peer.methods.includes(method)) {
    throw new RangeError(`\`method\` must be one of ${peer.methods.join(', ')}; got ${method}`);
  }
  return peer.run(problem, method, tolerances, repeats);
}
