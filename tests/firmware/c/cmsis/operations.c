// Operations of `src/operations.rs` with CMSIS-DSP. It reduces contiguous elements, so columns are
// gathered first, and its maxima do not check for NaN.
#include "arm_math.h"
#include "twins.h"

static void transpose(const float *x, uint16_t rows, uint16_t columns, float *to) {
  const arm_matrix_instance_f32 from = {rows, columns, (float *)x};
  arm_matrix_instance_f32 transposed = {columns, rows, to};
  arm_mat_trans_f32(&from, &transposed);
}

void twin_mean_axis(const float x[100][3], float mean[3]) {
  float columns[3][100];
  transpose(x[0], 100, 3, columns[0]);
  for (int k = 0; k < 3; k++) arm_mean_f32(columns[k], 100, &mean[k]);
}

void twin_var_axis(const float x[100][3], float var[3]) {
  float columns[3][100];
  transpose(x[0], 100, 3, columns[0]);
  for (int k = 0; k < 3; k++) {
    arm_var_f32(columns[k], 100, &var[k]);
    // Its variance is the sample variance.
    var[k] *= 99.0f / 100.0f;
  }
}

void twin_max_axis(const float x[100][3], float max[3]) {
  float columns[3][100];
  transpose(x[0], 100, 3, columns[0]);
  for (int k = 0; k < 3; k++) arm_max_no_idx_f32(columns[k], 100, &max[k]);
}

void twin_argmax(const float x[64], size_t *place) {
  float max;
  uint32_t greatest;
  arm_max_f32(x, 64, &max, &greatest);
  *place = greatest;
}

void twin_max(const float x[64], float *max) { arm_max_no_idx_f32(x, 64, max); }

void twin_sum(const float x[64], float *sum) { arm_accumulate_f32(x, 64, sum); }

void twin_by_transpose(const float a[4][4], const float b[4][4], float c[4][4]) {
  float transposed[16];
  transpose(b[0], 4, 4, transposed);
  const arm_matrix_instance_f32 left = {4, 4, (float *)a}, right = {4, 4, transposed};
  arm_matrix_instance_f32 product = {4, 4, c[0]};
  arm_mat_mult_f32(&left, &right, &product);
}

void twin_by_matrix(const float a[4][4], const float b[4][4], float c[4][4]) {
  const arm_matrix_instance_f32 left = {4, 4, (float *)a}, right = {4, 4, (float *)b};
  arm_matrix_instance_f32 product = {4, 4, c[0]};
  arm_mat_mult_f32(&left, &right, &product);
}

void twin_by_vector(const float a[4][4], const float x[4], float y[4]) {
  const arm_matrix_instance_f32 matrix = {4, 4, (float *)a};
  arm_mat_vec_mult_f32(&matrix, x, y);
}

void twin_small_by_vector(const float a[3][3], const float x[3], float y[3]) {
  const arm_matrix_instance_f32 matrix = {3, 3, (float *)a};
  arm_mat_vec_mult_f32(&matrix, x, y);
}

void twin_softmax(const float x[64][10], float y[64][10]) {
  float columns[10][64];
  transpose(x[0], 64, 10, columns[0]);
  for (int k = 0; k < 10; k++) {
    float max, sum;
    arm_max_no_idx_f32(columns[k], 64, &max);
    arm_offset_f32(columns[k], -max, columns[k], 64);
    arm_vexp_f32(columns[k], columns[k], 64);
    arm_accumulate_f32(columns[k], 64, &sum);
    arm_scale_f32(columns[k], 1.0f / sum, columns[k], 64);
  }
  transpose(columns[0], 10, 64, y[0]);
}
