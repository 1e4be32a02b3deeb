/*
 * GNU Scientific Library, gsl_odeiv2: rk8pd and msadams, and with a Jacobian bsimp and msbdf.  See peer.h.
 *
 *     cc -O2 gsl-peer.c -lgsl -lgslcblas -lm
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>

#include "peer.h"

#define FIRST_STEP 1e-6

static int derivative(double time, const double *state, double *out, void *problem) {
  (void)time;
  switch (evaluate(problem, state, out)) {
    case EVALUATED: return GSL_SUCCESS;
    case NOT_FINITE: return GSL_ERANGE; /* makes GSL try a shorter step */
    default: return GSL_EBADFUNC;
  }
}

static int jacobian(double time, const double *state, double *matrix, double *by_time, void *data) {
  (void)time;
  Problem *problem = data;
  problem->system->jacobian(problem->parameters, state, matrix);
  for (int i = 0; i < problem->system->dimension; i++) by_time[i] = 0;
  return GSL_SUCCESS;
}

static const gsl_odeiv2_step_type *step_type(const char *method) {
  if (!strcmp(method, "rk8pd")) return gsl_odeiv2_step_rk8pd;
  if (!strcmp(method, "msadams")) return gsl_odeiv2_step_msadams;
  if (!strcmp(method, "bsimp")) return gsl_odeiv2_step_bsimp;
  if (!strcmp(method, "msbdf")) return gsl_odeiv2_step_msbdf;
  refuse("METHOD", method, "rk8pd, msadams, bsimp or msbdf");
  return NULL;
}

static const char *solve(Problem *problem, const char *method) {
  const gsl_odeiv2_step_type *type = step_type(method);
  if ((type == gsl_odeiv2_step_bsimp || type == gsl_odeiv2_step_msbdf) && !problem->system->jacobian)
    return "no Jacobian of this system";
  gsl_odeiv2_system system = {derivative, jacobian, problem->system->dimension, problem};
  gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(&system, type, FIRST_STEP, problem->absolute, problem->relative);
  if (!driver) return "tolerances refused";
  double time = 0;
  int status = gsl_odeiv2_driver_apply(driver, &time, problem->until, problem->state);
  gsl_odeiv2_driver_free(driver);
  if (problem->evaluations > MOST_EVALUATIONS) return "too many evaluations";
  return status == GSL_SUCCESS ? NULL : gsl_strerror(status);
}

int main(int count, char **words) {
  gsl_set_error_handler_off();
  return peer(count, words);
}
