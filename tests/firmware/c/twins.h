// The C counterparts of the loops in Rust in `src`. `c/*.c` implements them with hand-written
// loops, `c/cmsis/*.c` with calls of CMSIS-DSP, where it has the operation.
#ifndef TWINS_H
#define TWINS_H

#include <stddef.h>

enum { SAMPLES = 100, SENSORS = 3, TAPS = 8, FILTERED = SAMPLES - TAPS + 1 };
void twin_sensor(const float readings[SAMPLES][SENSORS], const float taps[TAPS],
                 float peaks[SENSORS], float filtered[FILTERED][SENSORS]);

enum { INPUTS = 64, HIDDEN = 32, CLASSES = 10 };
struct network {
  const float (*first)[INPUTS];
  const float *first_bias, *gamma, *beta, *mean, *var;
  const float (*second)[HIDDEN];
  const float *second_bias;
};
void twin_mlp(const struct network *network, const float input[INPUTS],
              float probabilities[CLASSES], size_t *class);

struct model {
  const float (*transition)[4], (*noise)[4], *observed;
};
void twin_kalman(const struct model *model, float state[4], float covariance[4][4], float measured,
                 float variance);

enum { LOOPS = 3 };
struct gains {
  const float *kp, *ki, *kd;
};
void twin_pid(const struct gains *gains, float integral[LOOPS], float before[LOOPS],
              const float target[LOOPS], const float measured[LOOPS], float output[LOOPS]);

void twin_mean_axis(const float x[100][3], float mean[3]);
void twin_var_axis(const float x[100][3], float var[3]);
void twin_max_axis(const float x[100][3], float max[3]);
void twin_argmax(const float x[64], size_t *place);
void twin_max(const float x[64], float *max);
void twin_sum(const float x[64], float *sum);
void twin_by_transpose(const float a[4][4], const float b[4][4], float c[4][4]);
void twin_by_matrix(const float a[4][4], const float b[4][4], float c[4][4]);
void twin_by_vector(const float a[4][4], const float x[4], float y[4]);
void twin_small_by_vector(const float a[3][3], const float x[3], float y[3]);
void twin_softmax(const float x[64][10], float y[64][10]);
void twin_sqrt(const float x[64], float roots[64]);

#endif
