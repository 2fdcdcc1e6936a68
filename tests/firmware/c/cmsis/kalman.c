// The step of `src/kalman.rs` with CMSIS-DSP.
#include "arm_math.h"
#include "twins.h"

void twin_kalman(const struct model *model, float state[4], float covariance[4][4], float measured,
                 float variance) {
  const arm_matrix_instance_f32 f = {4, 4, (float *)model->transition};
  const arm_matrix_instance_f32 noise = {4, 4, (float *)model->noise};
  float predicted[4], ph[4], gain[4], correction[4], expected, total;
  float transposed[16], product[16], next[16];
  arm_matrix_instance_f32 p = {4, 4, covariance[0]}, f_transposed = {4, 4, transposed};
  arm_matrix_instance_f32 fp = {4, 4, product}, fpf = {4, 4, next};
  arm_mat_vec_mult_f32(&f, state, predicted);
  arm_mat_mult_f32(&f, &p, &fp);
  arm_mat_trans_f32(&f, &f_transposed);
  arm_mat_mult_f32(&fp, &f_transposed, &fpf);
  arm_mat_add_f32(&fpf, &noise, &fpf);

  arm_mat_vec_mult_f32(&fpf, model->observed, ph);
  arm_dot_prod_f32(model->observed, predicted, 4, &expected);
  arm_dot_prod_f32(model->observed, ph, 4, &total);
  arm_scale_f32(ph, 1.0f / (total + variance), gain, 4);
  arm_scale_f32(gain, measured - expected, correction, 4);
  arm_add_f32(predicted, correction, state, 4);

  const arm_matrix_instance_f32 column = {4, 1, gain}, row = {1, 4, ph};
  arm_mat_mult_f32(&column, &row, &fp);
  arm_mat_sub_f32(&fpf, &fp, &p);
}
