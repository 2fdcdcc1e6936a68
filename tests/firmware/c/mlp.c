// The C counterpart of the hand-written loops in `src/mlp.rs`: a network of two layers, with batch
// norm.
#include <math.h>

#include "twins.h"

#define EPS 1e-5f

void twin_mlp(const struct network *network, const float input[INPUTS],
              float probabilities[CLASSES], size_t *class) {
  float hidden[HIDDEN];
  for (int k = 0; k < HIDDEN; k++) {
    float sum = network->first_bias[k];
    for (int i = 0; i < INPUTS; i++) sum += network->first[k][i] * input[i];
    float deviation = sqrtf(network->var[k] + EPS);
    float normalized = (sum - network->mean[k]) / deviation * network->gamma[k] + network->beta[k];
    hidden[k] = normalized > 0.0f ? normalized : 0.0f;
  }
  float scores[CLASSES], max = -INFINITY;
  for (int k = 0; k < CLASSES; k++) {
    float sum = network->second_bias[k];
    for (int i = 0; i < HIDDEN; i++) sum += network->second[k][i] * hidden[i];
    scores[k] = sum;
    max = max >= sum || isnan(max) ? max : sum;
  }
  float sum = 0.0f;
  for (int k = 0; k < CLASSES; k++) {
    probabilities[k] = expf(scores[k] - max);
    sum += probabilities[k];
  }
  for (int k = 0; k < CLASSES; k++) probabilities[k] /= sum;

  float greatest = -INFINITY;
  *class = 0;
  for (int k = 0; k < CLASSES; k++) {
    if (isnan(probabilities[k])) {
      *class = k;
      return;
    }
    if (probabilities[k] > greatest) {
      greatest = probabilities[k];
      *class = k;
    }
  }
}
