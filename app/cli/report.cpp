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
    command
        ->add_option("-o,--output", options->output,
                     "The file to write; LaTeX has its figures as PDF files beside it, Markdown has none")
        ->type_name("FILE.html|.md|.tex")
        ->required()
        ->check([](const std::string& path) {
            const bool known = path.ends_with(".html") || path.ends_with(".md") || path.ends_with(".tex");
            return known ? std::string() : path + " must end in .html, .md or .tex";
        });
    command->callback([options] {
        const Study study(options->study, Study::Access::readOnly);
        const auto shown = view(study);
        const Report report =
            reportOf(*shown, Lineage().of(*shown), study.tests(), environmentNow(SPACEWRIGHT_VERSION));
        for (const auto& [path, bytes] : reportDocument(report, options->output)) {
            writeWhole(path, bytes);
            std::cout << path << " written.\n";
        }
    });
}

} // namespace spacewright
