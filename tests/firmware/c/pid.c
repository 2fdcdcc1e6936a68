// The C counterpart of the hand-written loops in `src/pid.rs`: PID loops side by side.
#include "twins.h"

#define DT 0.01f

// `x` limited to an interval; NaN stays.
static float within(float x, float low, float high) { return x < low ? low : x > high ? high : x; }

void twin_pid(const struct gains *gains, float integral[LOOPS], float before[LOOPS],
              const float target[LOOPS], const float measured[LOOPS], float output[LOOPS]) {
  for (int k = 0; k < LOOPS; k++) {
    float error = target[k] - measured[k];
    integral[k] = within(integral[k] + error * DT, -1.0f, 1.0f);
    float sum = gains->kp[k] * error + gains->ki[k] * integral[k];
    output[k] = within(sum + gains->kd[k] * ((error - before[k]) / DT), -10.0f, 10.0f);
    before[k] = error;
  }
}
