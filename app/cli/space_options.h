// The options that name a design space and narrow it; several commands share them.
#pragma once
#include "core/design/space.h"
#include <functional>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace spacewright {

struct SpaceOptions {
    std::string nameOrFile;
    std::vector<std::string> texts; ///< of --constrain
    std::vector<std::string> drawn; ///< of --draw
    std::string flops, params, acts;

    std::vector<Constraint> constraints() const;
    /// The space with the constraints; throws CLI::ValidationError when one does not apply to it.
    Space space() const;
};

/// Runs it, and turns an Error into CLI::ValidationError: what was wrong is an argument.
void checkArguments(const std::function<void()>&);
/// --space NAME|FILE and --draw.
CLI::Option* addSpaceOption(CLI::App&, SpaceOptions&);
/// --constrain, --flops, --params and --acts; what cannot be read is a wrong argument.
void addConstraintOptions(CLI::App&, SpaceOptions&);
/// The space narrowed by them all; throws CLI::ValidationError when one does not apply.
Space narrowed(Space, const std::vector<Constraint>&);

} // namespace spacewright
