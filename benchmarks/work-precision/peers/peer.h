/*
 * What the C peers share: command line, limit of evaluations, timing, one JSON line a run.
 *
 *     PEER SYSTEM METHOD UNTIL REPEATS PARAMETERS INITIAL ATOL_FACTOR TOL...
 *
 * PARAMETERS and INITIAL are comma-separated, PARAMETERS is - where there are none.  Relative tolerance TOL, absolute
 * tolerance max(ATOL_FACTOR TOL, 1e-20), from 0 to UNTIL, no output in between.  A time is that of one whole run, its
 * solver's allocation included; runs are repeated REPEATS times, and up to 50 REPEATS times until they took 20 ms.
 *
 * A peer defines solve(), which leaves the end in problem.state and returns NULL or what went wrong, and calls peer().
 */
#ifndef PEER_H
#define PEER_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "right-hand-sides.h"

#define MOST_EVALUATIONS 2000000

typedef struct Problem {
  const System *system;
  double parameters[MOST_PARAMETERS], initial[MOST_COMPONENTS], state[MOST_COMPONENTS];
  double until, relative, absolute;
  long evaluations;
} Problem;

static const char *solve(Problem *problem, const char *method);

/* What a right-hand side returns. */
enum { EVALUATED, NOT_FINITE, TOO_MANY };

static int evaluate(Problem *problem, const double *state, double *out) {
  if (++problem->evaluations > MOST_EVALUATIONS) return TOO_MANY;
  problem->system->derivative(problem->parameters, state, out);
  for (int i = 0; i < problem->system->dimension; i++)
    if (!isfinite(out[i])) return NOT_FINITE;
  return EVALUATED;
}

static void refuse(const char *what, const char *value, const char *allowed) {
  fprintf(stderr, "%s must be %s; got %s\n", what, allowed, value);
  exit(2);
}

static double number(const char *what, const char *word) {
  char *end;
  double value = strtod(word, &end);
  if (end == word || *end) refuse(what, word, "a number");
  return value;
}

static void numbers(const char *what, const char *list, int count, double *out) {
  if (count == 0 && !strcmp(list, "-")) return;
  const char *at = list;
  for (int i = 0; i < count; i++) {
    char *end;
    out[i] = strtod(at, &end);
    if (end == at || *end != (i + 1 < count ? ',' : '\0')) refuse(what, list, "as many numbers as the system has");
    at = end + 1;
  }
}

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e3 * now.tv_sec + 1e-6 * now.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void measure(Problem *problem, const char *method, double tolerance, int repeats) {
  int most = 50 * repeats, count = 0;
  double total = 0, *times = malloc(most * sizeof *times);
  const char *failure = NULL;
  while (!failure && (count < repeats || (total < 20 && count < most))) {
    problem->evaluations = 0;
    memcpy(problem->state, problem->initial, sizeof problem->state);
    double start = milliseconds();
    failure = solve(problem, method);
    total += times[count++] = milliseconds() - start;
  }
  qsort(times, count, sizeof *times, ascending);
  printf("{\"method\":\"%s\",\"tolerance\":%.17g,\"state\":[", method, tolerance);
  for (int i = 0; i < problem->system->dimension; i++) {
    if (isfinite(problem->state[i])) printf("%s%.17g", i ? "," : "", problem->state[i]);
    else printf("%snull", i ? "," : "");
  }
  printf("],\"evaluations\":%ld,\"milliseconds\":%.6g,\"medianMilliseconds\":%.6g,\"outcome\":\"%s%s\"}\n",
         problem->evaluations, times[0], times[count / 2], failure ? "failed: " : "reached-end", failure ? failure : "");
  fflush(stdout);
  free(times);
}

static int peer(int count, char **words) {
  if (count < 9) refuse("arguments", words[0], "SYSTEM METHOD UNTIL REPEATS PARAMETERS INITIAL ATOL_FACTOR TOL...");
  Problem problem = {0};
  for (size_t i = 0; i < sizeof systems / sizeof *systems; i++)
    if (!strcmp(words[1], systems[i].name)) problem.system = &systems[i];
  if (!problem.system) refuse("SYSTEM", words[1], "one of right-hand-sides.h");
  problem.until = number("UNTIL", words[3]);
  int repeats = atoi(words[4]);
  if (repeats < 1) refuse("REPEATS", words[4], "an integer >= 1");
  numbers("PARAMETERS", words[5], problem.system->parameters, problem.parameters);
  numbers("INITIAL", words[6], problem.system->dimension, problem.initial);
  double factor = number("ATOL_FACTOR", words[7]);
  for (int i = 8; i < count; i++) {
    problem.relative = number("TOL", words[i]);
    problem.absolute = fmax(factor * problem.relative, 1e-20);
    measure(&problem, words[2], problem.relative, repeats);
  }
  return 0;
}

#endif
