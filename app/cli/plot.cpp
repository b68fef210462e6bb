// plot: the paper's figures as files.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/populations.h"
#include "app/gui/charts/figure.h"
#include "core/exchange/figure_json.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::vector<std::string> studies;
    std::string figure = "edf";
    std::string output;
    bool json = false;
    FigureOptions look;
};

void plot(const Options& options)
{
    if (options.output.empty() && !options.json)
        throw CLI::ValidationError("Nothing would be written: name a file with -o, or ask for --json.");
    std::vector<Population> populations;
    for (const std::string& study : options.studies)
        join(populations, populationsFrom(study));
    const Figure figure = makeFigure(options.figure, populations, options.look);
    if (!options.output.empty()) {
        writeFigure(figure, options.output);
        (options.json ? std::cerr : std::cout) << options.output << " written.\n";
    }
    if (options.json)
        std::cout << toJson(figure) << '\n';
}

/// What each figure shows, for --help.
std::string figureList()
{
    std::string text = "Figures:\n";
    for (const FigureKind& kind : figureKinds())
        text += "  " + (kind.name + std::string(16, ' ')).substr(0, 16) + kind.about + "\n";
    return text;
}

} // namespace

void addPlot(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("plot", "Write a figure of one or several studies");
    command->footer(figureList());
    command->add_option("STUDY", options->studies, "Studies (all spaces), or STUDY:SPACE")->required();
    command->add_option("--figure", options->figure, "Which figure")
        ->check(CLI::IsMember(figureNames()))
        ->capture_default_str();
    command->add_option("--by", options->look.parameter, "The parameter of `scatter`, e.g. d, w4, flops")
        ->type_name("PARAM")
        ->capture_default_str();
    command->add_option("-o,--output", options->output, "The file to write")
        ->type_name("FILE.svg|.pdf|.png|.csv")
        ->check([](const std::string& path) {
            const bool known =
                path.ends_with(".svg") || path.ends_with(".pdf") || path.ends_with(".png") || path.ends_with(".csv");
            return known ? std::string() : path + " must end in .svg, .pdf, .png or .csv";
        });
    addJsonFlag(*command, options->json);
    command->callback([options] { plot(*options); });
}

} // namespace spacewright
