// Narrowing a space of a study: its child begins with what the parent has trained already.
#pragma once
#include "core/study/study.h"

namespace spacewright {

/// A new space made by narrowing another.
struct Refinement {
    SpaceId parent{};
    std::string name;
    std::vector<Constraint> added;
    std::string note;
    std::int64_t models = 24; ///< in all, reused ones too
};

/// Whether a model of the parent, the parent's reused ones too, becomes one of the child: it has a result and fulfils
/// what the child adds.
bool isReusable(const Model&, const std::vector<Constraint>& added);

/// Makes the child, with the parent's finished and diverged models that fulfil the added constraints (those that the
/// parent reuses itself too), and draws networks other than those until it has as many models as wanted; when more can
/// be reused, all are. Sampling is conditional, so what is reused is a sample of the child like what is drawn. What is
/// drawn has a seed of its own: with the parent's, sample i of both would be made from the same random numbers. From an
/// imported parent nothing is drawn: the child is the part of its models that fulfils the constraints.
/// Throws Error for a name that is taken, a constraint that does not apply and an empty space; nothing is changed then.
SpaceId refine(Study&, const Refinement&, std::stop_token = {});

} // namespace spacewright
