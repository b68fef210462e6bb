// plot: the paper's figures as files.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/gui/charts/figure.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {
namespace {

struct Options {
    std::vector<std::string> studies;
    std::string figure = "edf";
    std::string output;
    FigureOptions look;
};

void plot(const Options& options)
{
    std::vector<Population> populations;
    for (const std::string& path : options.studies) {
        const auto shown = view(Study(path, Study::Access::readOnly));
        for (Population population : shown->populations) {
            // Ids of several studies would clash; a figure only needs them to differ.
            population.space.id = SpaceId(static_cast<std::int64_t>(populations.size()) + 1);
            populations.push_back(std::move(population));
        }
    }
    writeFigure(options.figure, populations, options.output, options.look);
    std::cout << options.output << " written.\n";
}

} // namespace

void addPlot(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("plot", "Write a figure of one or several studies");
    command->add_option("STUDY", options->studies, "The study files")->required();
    command->add_option("--figure", options->figure, "Which figure")
        ->check(CLI::IsMember(figureNames()))
        ->capture_default_str();
    command->add_option("--by", options->look.parameter, "The parameter of `scatter`, e.g. d, w4, flops")
        ->type_name("PARAM")
        ->capture_default_str();
    command->add_option("-o,--output", options->output, "The file to write")
        ->type_name("FILE.svg|.pdf|.png")
        ->required()
        ->check([](const std::string& path) {
            const bool known = path.ends_with(".svg") || path.ends_with(".pdf") || path.ends_with(".png");
            return known ? std::string() : path + " must end in .svg, .pdf or .png";
        });
    command->callback([options] { plot(*options); });
}

} // namespace spacewright
