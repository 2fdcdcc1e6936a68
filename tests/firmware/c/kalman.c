// The C counterpart of the hand-written loops in `src/kalman.rs`: a step of a Kalman filter.
#include "twins.h"

static float dot(const float a[4], const float b[4]) {
  float sum = 0.0f;
  for (int k = 0; k < 4; k++) sum += a[k] * b[k];
  return sum;
}

void twin_kalman(const struct model *model, float state[4], float covariance[4][4], float measured,
                 float variance) {
  const float(*f)[4] = model->transition, *h = model->observed;
  float predicted[4];
  for (int i = 0; i < 4; i++) predicted[i] = dot(f[i], state);

  float fp[4][4];
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      float sum = 0.0f;
      for (int k = 0; k < 4; k++) sum += f[i][k] * covariance[k][j];
      fp[i][j] = sum;
    }
  float p[4][4];
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) p[i][j] = dot(fp[i], f[j]) + model->noise[i][j];

  float ph[4];
  for (int i = 0; i < 4; i++) ph[i] = dot(p[i], h);
  float innovation = measured - dot(h, predicted);
  float total = dot(h, ph) + variance;
  for (int i = 0; i < 4; i++) {
    float gain = ph[i] / total;
    state[i] = predicted[i] + gain * innovation;
    for (int j = 0; j < 4; j++) covariance[i][j] = p[i][j] - gain * ph[j];
  }
}
