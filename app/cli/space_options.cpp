// The options that name a design space and narrow it.
#include "app/cli/space_options.h"
#include "core/design/recipe_draw.h"
#include "core/error.h"
#include "core/exchange/space_file.h"
#include <CLI/CLI.hpp>

namespace spacewright {
namespace {

/// A check in CLI11's form, which answers with the sentence of the Error or nothing.
template <class Read>
auto readableBy(Read read)
{
    return [read](const std::string& text) {
        try {
            read(text);
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
}

} // namespace

std::vector<Constraint> SpaceOptions::constraints() const
{
    std::vector<Constraint> all;
    for (const std::string& text : texts)
        all.push_back(constraintFrom(text));
    for (const auto& [name, range] : {std::pair("flops=", flops), {"params=", params}, {"acts=", acts}})
        if (!range.empty())
            all.push_back(constraintFrom(name + range));
    return all;
}

Space SpaceOptions::space() const
{
    Space space = spaceFromNameOrFile(nameOrFile);
    for (const std::string& text : drawn) {
        const Constraint range = constraintFrom(text);
        (range.parameter == "rate" ? space.rate : space.weightDecay) = RecipeRange{range.low, range.high};
    }
    return narrowed(std::move(space), constraints());
}

Space narrowed(Space space, const std::vector<Constraint>& constraints)
{
    for (const Constraint& constraint : constraints)
        space = constrained(std::move(space), constraint);
    checkArguments([&] { check(space); });
    return space;
}

void checkArguments(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        throw CLI::ValidationError(error.what());
    }
}

CLI::Option* addSpaceOption(CLI::App& app, SpaceOptions& options)
{
    app.add_option("--draw", options.drawn,
                   "Draw a value of the recipe with each network, log-uniformly: rate=0.01:0.3, weight_decay=1e-5:1e-3")
        ->type_name("VALUE=LO:HI")
        ->allow_extra_args(false)
        ->check(readableBy([](const std::string& text) {
            const Constraint range = constraintFrom(text);
            if (!RecipeDraw::settles(range) || range.kind != Constraint::Kind::range)
                throw Error("\"" + text + "\" is no value of the recipe; rate and weight_decay can be drawn.");
        }));
    return app.add_option("--space", options.nameOrFile, "A named space (see `spaces`) or a space file")
        ->type_name("NAME|FILE")
        ->check(readableBy([](const std::string& text) { spaceFromNameOrFile(text); }));
}

void addConstraintOptions(CLI::App& app, SpaceOptions& options)
{
    app.add_option(
           "--constrain", options.texts,
           "Narrow the space: \"shared b\", \"shared g\", \"increasing w\", \"increasing d\", or a range such as "
           "d=2:20, w4=64:, b=1, flops=360M:400M; may be given several times")
        ->type_name("C")
        ->allow_extra_args(false)
        ->check(readableBy([](const std::string& text) { constraintFrom(text); }));
    const auto addRange = [&](const std::string& name, std::string& range, const std::string& meaning) {
        app.add_option("--" + name, range, meaning + ", closed range, e.g. 360M:400M")
            ->type_name("LO:HI")
            ->check(readableBy([name](const std::string& text) { constraintFrom(name + "=" + text); }));
    };
    addRange("flops", options.flops, "Limits on multiply-adds");
    addRange("params", options.params, "Limits on parameters");
    addRange("acts", options.acts, "Limits on activations");
}

} // namespace spacewright
