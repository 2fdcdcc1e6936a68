// The window of `src/sensor.rs` with CMSIS-DSP: its functions take contiguous readings, so those of
// a sensor are gathered first.
#include "arm_math.h"
#include "twins.h"

#define EPS 1e-5f
#define THRESHOLD 0.5f

void twin_sensor(const float readings[SAMPLES][SENSORS], const float taps[TAPS],
                 float peaks[SENSORS], float filtered[FILTERED][SENSORS]) {
  float z[SENSORS][SAMPLES], results[SENSORS][SAMPLES], history[TAPS + SAMPLES - 1];
  const arm_matrix_instance_f32 interleaved = {SAMPLES, SENSORS, (float *)readings};
  arm_matrix_instance_f32 apart = {SENSORS, SAMPLES, z[0]};
  arm_mat_trans_f32(&interleaved, &apart);
  for (int k = 0; k < SENSORS; k++) {
    float mean, var, deviation;
    uint32_t place;
    arm_mean_f32(z[k], SAMPLES, &mean);
    arm_var_f32(z[k], SAMPLES, &var);
    // Its variance is the sample variance.
    arm_sqrt_f32(var * ((SAMPLES - 1.0f) / SAMPLES) + EPS, &deviation);
    arm_offset_f32(z[k], -mean, z[k], SAMPLES);
    arm_scale_f32(z[k], 1.0f / deviation, z[k], SAMPLES);

    // It has no threshold function.
    for (int i = 0; i < SAMPLES; i++) results[k][i] = fabsf(z[k][i]) > THRESHOLD ? z[k][i] : 0.0f;
    arm_max_f32(results[k], SAMPLES, &peaks[k], &place);

    // Its filter begins before the first reading, and takes the last tap first.
    arm_fir_instance_f32 filter;
    arm_fir_init_f32(&filter, TAPS, taps, history, SAMPLES);
    arm_fir_f32(&filter, z[k], results[k], SAMPLES);
    for (int i = 0; i < FILTERED; i++) filtered[i][k] = results[k][TAPS - 1 + i];
  }
}
