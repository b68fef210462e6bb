// Whose turn it is: which of the waiting models a worker trains next.
#pragma once
#include "core/schedule/cost_model.h"

namespace spacewright {

/// How many models at the end of what will be trained go longest first, so that the workers end together. With one
/// worker the order makes no difference.
int tailLength(int workers);

/// The place, among the models at the head of the queue, of the one to train next. While more wait than the tail holds
/// that is the first: models are trained in the order in which they were drawn, so that a study that is stopped
/// half-way holds no more cheap networks than its spaces do. In the tail it is the longest of those that rank alike
/// (asked for next, or of spaces of one priority). `head`: as many as will be trained, or tailLength() + 1.
std::size_t turn(const std::vector<Model>& head, int workers, const CostModel*);

} // namespace spacewright
