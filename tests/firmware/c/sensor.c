// The C counterpart of the hand-written loops in `src/sensor.rs`: a window of readings of sensors.
#include <math.h>

#include "twins.h"

#define EPS 1e-5f
#define THRESHOLD 0.5f

void twin_sensor(const float readings[SAMPLES][SENSORS], const float taps[TAPS],
                 float peaks[SENSORS], float filtered[FILTERED][SENSORS]) {
  float mean[SENSORS] = {0};
  for (int i = 0; i < SAMPLES; i++)
    for (int k = 0; k < SENSORS; k++) mean[k] += readings[i][k];
  for (int k = 0; k < SENSORS; k++) mean[k] /= SAMPLES;

  float factor[SENSORS] = {0};
  for (int i = 0; i < SAMPLES; i++)
    for (int k = 0; k < SENSORS; k++) {
      float from_mean = readings[i][k] - mean[k];
      factor[k] += from_mean * from_mean;
    }
  for (int k = 0; k < SENSORS; k++) factor[k] = 1.0f / sqrtf(factor[k] / SAMPLES + EPS);

  float z[SAMPLES][SENSORS];
  for (int i = 0; i < SAMPLES; i++)
    for (int k = 0; k < SENSORS; k++) z[i][k] = (readings[i][k] - mean[k]) * factor[k];

  for (int k = 0; k < SENSORS; k++) peaks[k] = -INFINITY;
  for (int i = 0; i < SAMPLES; i++)
    for (int k = 0; k < SENSORS; k++) {
      float active = fabsf(z[i][k]) > THRESHOLD ? z[i][k] : 0.0f;
      if (active > peaks[k]) peaks[k] = active;
    }

  for (int start = 0; start < FILTERED; start++)
    for (int k = 0; k < SENSORS; k++) {
      float sum = 0.0f;
      for (int tap = 0; tap < TAPS; tap++) sum += z[start + tap][k] * taps[tap];
      filtered[start][k] = sum;
    }
}
