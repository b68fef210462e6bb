// Learning rate and weight decay as free dimensions: drawn log-uniformly with each network.
#pragma once
#include "core/design/sampler.h"

namespace spacewright {

/// The values of the recipe that a space leaves free, within the ranges that its constraints leave of them.
class RecipeDraw {
public:
    /// Throws Error for a range that holds nothing, or one of a value that the space does not draw.
    explicit RecipeDraw(const Space&);

    static bool settles(const Constraint& c) { return c.parameter == "rate" || c.parameter == "weight_decay"; }
    int dimensions() const; ///< how many are free
    /// Fills the sample's rate and weight decay; uses no random number for those that are not free.
    void draw(Random&, Sample&) const;

private:
    std::optional<RecipeRange> m_rate, m_weightDecay;
};

} // namespace spacewright
