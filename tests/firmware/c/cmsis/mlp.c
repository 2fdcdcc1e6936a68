// The network of `src/mlp.rs` with CMSIS-DSP, which has neither relu nor softmax.
#include "arm_math.h"
#include "twins.h"

#define EPS 1e-5f

void twin_mlp(const struct network *network, const float input[INPUTS],
              float probabilities[CLASSES], size_t *class) {
  const arm_matrix_instance_f32 first = {HIDDEN, INPUTS, (float *)network->first};
  const arm_matrix_instance_f32 second = {CLASSES, HIDDEN, (float *)network->second};
  float hidden[HIDDEN], greatest, sum;
  uint32_t place;
  arm_mat_vec_mult_f32(&first, input, hidden);
  arm_add_f32(hidden, network->first_bias, hidden, HIDDEN);
  arm_sub_f32(hidden, network->mean, hidden, HIDDEN);
  arm_mult_f32(hidden, network->gamma, hidden, HIDDEN);
  for (int k = 0; k < HIDDEN; k++) {
    float deviation;
    arm_sqrt_f32(network->var[k] + EPS, &deviation);
    hidden[k] /= deviation;
  }
  arm_add_f32(hidden, network->beta, hidden, HIDDEN);
  arm_clip_f32(hidden, hidden, 0.0f, INFINITY, HIDDEN);

  arm_mat_vec_mult_f32(&second, hidden, probabilities);
  arm_add_f32(probabilities, network->second_bias, probabilities, CLASSES);
  arm_max_f32(probabilities, CLASSES, &greatest, &place);
  arm_offset_f32(probabilities, -greatest, probabilities, CLASSES);
  arm_vexp_f32(probabilities, probabilities, CLASSES);
  arm_accumulate_f32(probabilities, CLASSES, &sum);
  arm_scale_f32(probabilities, 1.0f / sum, probabilities, CLASSES);
  *class = place;
}
