// The C counterparts of the hand-written loops in `src/operations.rs`: single operations.
#include <math.h>

#include "twins.h"

// The maximum; NaN if either is.
static float larger(float a, float b) { return a >= b || isnan(a) ? a : b; }

void twin_mean_axis(const float x[100][3], float mean[3]) {
  float sums[3] = {0};
  for (int i = 0; i < 100; i++)
    for (int k = 0; k < 3; k++) sums[k] += x[i][k];
  for (int k = 0; k < 3; k++) mean[k] = sums[k] / 100.0f;
}

void twin_var_axis(const float x[100][3], float var[3]) {
  float mean[3], sums[3] = {0};
  twin_mean_axis(x, mean);
  for (int i = 0; i < 100; i++)
    for (int k = 0; k < 3; k++) {
      float from_mean = x[i][k] - mean[k];
      sums[k] += from_mean * from_mean;
    }
  for (int k = 0; k < 3; k++) var[k] = sums[k] / 100.0f;
}

void twin_max_axis(const float x[100][3], float max[3]) {
  float greatest[3] = {-INFINITY, -INFINITY, -INFINITY};
  for (int i = 0; i < 100; i++)
    for (int k = 0; k < 3; k++) greatest[k] = larger(greatest[k], x[i][k]);
  for (int k = 0; k < 3; k++) max[k] = greatest[k];
}

void twin_argmax(const float x[64], size_t *place) {
  size_t greatest = 0;
  float max = -INFINITY;
  for (size_t k = 0; k < 64; k++) {
    if (isnan(x[k])) {
      greatest = k;
      break;
    }
    if (x[k] > max) {
      greatest = k;
      max = x[k];
    }
  }
  *place = greatest;
}

void twin_max(const float x[64], float *max) {
  float greatest = -INFINITY;
  for (int k = 0; k < 64; k++) greatest = larger(greatest, x[k]);
  *max = greatest;
}

void twin_sum(const float x[64], float *sum) {
  float total = 0.0f;
  for (int k = 0; k < 64; k++) total += x[k];
  *sum = total;
}

void twin_by_transpose(const float a[4][4], const float b[4][4], float c[4][4]) {
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      float sum = 0.0f;
      for (int k = 0; k < 4; k++) sum += a[i][k] * b[j][k];
      c[i][j] = sum;
    }
}

void twin_by_matrix(const float a[4][4], const float b[4][4], float c[4][4]) {
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      float sum = 0.0f;
      for (int k = 0; k < 4; k++) sum += a[i][k] * b[k][j];
      c[i][j] = sum;
    }
}

void twin_by_vector(const float a[4][4], const float x[4], float y[4]) {
  for (int i = 0; i < 4; i++) {
    float sum = 0.0f;
    for (int k = 0; k < 4; k++) sum += a[i][k] * x[k];
    y[i] = sum;
  }
}

void twin_small_by_vector(const float a[3][3], const float x[3], float y[3]) {
  for (int i = 0; i < 3; i++) {
    float sum = 0.0f;
    for (int k = 0; k < 3; k++) sum += a[i][k] * x[k];
    y[i] = sum;
  }
}

void twin_softmax(const float x[64][10], float y[64][10]) {
  for (int k = 0; k < 10; k++) {
    float max = -INFINITY;
    for (int i = 0; i < 64; i++) max = larger(max, x[i][k]);
    float sum = 0.0f;
    for (int i = 0; i < 64; i++) {
      y[i][k] = expf(x[i][k] - max);
      sum += y[i][k];
    }
    for (int i = 0; i < 64; i++) y[i][k] /= sum;
  }
}

void twin_sqrt(const float x[64], float roots[64]) {
  for (int k = 0; k < 64; k++) roots[k] = sqrtf(x[k]);
}
