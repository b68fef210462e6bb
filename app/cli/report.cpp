// report: the journal of a study as a document.
#include "app/cli/commands.h"
#include "app/gui/charts/report_document.h"
#include "core/whole_file.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace spacewright {

void addReport(CLI::App& app)
{
    struct Options {
        std::string study, output;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("report", "Write a study's journal, figures and best models as a document");
    command->add_option("STUDY", options->study, "The study file")->required();
    command->add_option("-o,--output", options->output, "The file to write; Markdown has no pictures")
        ->type_name("FILE.html|.md")
        ->required()
        ->check([](const std::string& path) {
            const bool known = path.ends_with(".html") || path.ends_with(".md");
            return known ? std::string() : path + " must end in .html or .md";
        });
    command->callback([options] {
        const Study study(options->study, Study::Access::readOnly);
        const auto shown = view(study);
        const Report report =
            reportOf(*shown, Lineage().of(*shown), study.tests(), environmentNow(SPACEWRIGHT_VERSION));
        writeWhole(options->output, reportDocument(report, options->output));
        std::cout << options->output << " written.\n";
    });
}

} // namespace spacewright
