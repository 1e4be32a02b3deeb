/*
 * SUNDIALS, CVODE: adams (fixed-point iteration) and bdf (Newton's, dense, difference-quotient Jacobian, whose evaluations
 * count).  See peer.h.
 *
 *     cc -O2 sundials-peer.c -lsundials_cvode -lsundials_nvecserial -lsundials_sunmatrixdense -lsundials_sunlinsoldense
 *        -lsundials_sunnonlinsolfixedpoint -lm
 */
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

#include "peer.h"

static SUNContext context;

static int derivative(realtype time, N_Vector state, N_Vector out, void *problem) {
  (void)time;
  switch (evaluate(problem, N_VGetArrayPointer(state), N_VGetArrayPointer(out))) {
    case EVALUATED: return 0;
    case NOT_FINITE: return 1; /* recoverable: a shorter step */
    default: return -1;
  }
}

static void silent(int code, const char *module, const char *function, char *message, void *data) {
  (void)code, (void)module, (void)function, (void)message, (void)data;
}

static const char *failure(const Problem *problem, int flag) {
  if (problem->evaluations > MOST_EVALUATIONS) return "too many evaluations";
  switch (flag) {
    case CV_TOO_MUCH_ACC: return "more accuracy asked than rounding allows";
    case CV_ERR_FAILURE: return "error tests failed too often";
    case CV_CONV_FAILURE: return "the nonlinear iteration does not converge";
    default: return flag < 0 ? "CVODE gave up" : NULL;
  }
}

static const char *solve(Problem *problem, const char *method) {
  int adams = !strcmp(method, "adams"), n = problem->system->dimension;
  if (!adams && strcmp(method, "bdf")) refuse("METHOD", method, "adams or bdf");
  N_Vector y = N_VMake_Serial(n, problem->state, context);
  void *memory = CVodeCreate(adams ? CV_ADAMS : CV_BDF, context);
  SUNMatrix matrix = adams ? NULL : SUNDenseMatrix(n, n, context);
  SUNLinearSolver linear = adams ? NULL : SUNLinSol_Dense(y, matrix, context);
  SUNNonlinearSolver nonlinear = adams ? SUNNonlinSol_FixedPoint(y, 0, context) : NULL;
  CVodeInit(memory, derivative, 0, y);
  CVodeSetErrHandlerFn(memory, silent, NULL);
  CVodeSetUserData(memory, problem);
  CVodeSStolerances(memory, problem->relative, problem->absolute);
  CVodeSetMaxNumSteps(memory, MOST_EVALUATIONS);
  CVodeSetStopTime(memory, problem->until); /* so that the end is a step's and not interpolated */
  if (adams) CVodeSetNonlinearSolver(memory, nonlinear);
  else CVodeSetLinearSolver(memory, linear, matrix);
  realtype time;
  int flag = CVode(memory, problem->until, y, &time, CV_NORMAL);
  CVodeFree(&memory);
  if (nonlinear) SUNNonlinSolFree(nonlinear);
  if (linear) SUNLinSolFree(linear);
  if (matrix) SUNMatDestroy(matrix);
  N_VDestroy(y);
  return failure(problem, flag);
}

int main(int count, char **words) {
  if (SUNContext_Create(NULL, &context)) return 1;
  int status = peer(count, words);
  SUNContext_Free(&context);
  return status;
}
