// Two modules of one network side by side, for every kind of block, stem and operation: logits, loss, every gradient,
// two optimiser steps and the evaluation.
#pragma once
#include "gpu/module.h"
#include <functional>

namespace spacewright::agreement {

constexpr double bound = 1e-4; ///< relative to the largest entry of each tensor

struct Case {
    const char* name;
    Network network;
    int images = 6;
};

/// A network of two stages of X blocks.
Network small();
std::vector<Case> cases();

/// Images and labels that are a function of `seed`.
struct Batch {
    std::vector<float> images;
    std::vector<std::uint8_t> labels;

    Batch(const Network& n, int count, std::uint64_t seed)
        : images(static_cast<std::size_t>(count) * n.resolution * n.resolution * n.inputChannels), labels(count)
    {
        Random random(seed, 0);
        for (float& value : images)
            value = static_cast<float>(4 * random.uniform() - 1.5);
        for (std::uint8_t& label : labels)
            label = static_cast<std::uint8_t>(random.below(n.classes));
    }
};

/// The largest difference found, relative, and where.
struct Worst {
    double difference = 0;
    std::string where;

    void take(double found, const std::string& place)
    {
        if (!(found <= difference)) // a NaN too
            *this = {found, place};
    }
};

double largest(const std::vector<float>&);
/// The largest difference of two entries, as a share of `scale`.
double difference(const std::vector<float>&, const std::vector<float>&, double scale);

/// Relative to each array's largest entry. What comes before another batch norm without a ReLU between has a bias whose
/// gradient is 0 but for rounding, so no array counts as smaller than a thousandth of the largest one.
void compare(const std::vector<NamedArray>&, const std::vector<NamedArray>&, const std::string& what, Worst&);

using MakeModule = std::function<std::unique_ptr<Module>(const std::vector<Layer>&, const std::vector<NamedArray>&)>;

/// What `make` makes against plain LibTorch. A value within rounding of a ReLU's corner may fall to one side here and
/// to the other there, which changes gradients by a whole element. So the best of a few batches counts: a wrong
/// operation agrees with none.
Worst disagreement(const Case&, const MakeModule& make);

} // namespace spacewright::agreement
