// spacewright-cli: the same work as the window's, in a terminal.
#include "app/cli/commands.h"
#include "core/error.h"
#include "gpu/isolated/helper.h"
#include <CLI/CLI.hpp>
#include <iostream>

namespace {

constexpr int failed = 1, wrongArguments = 2;

int report(const std::string& sentence, int code)
{
    std::cout.flush();
    std::cerr << "spacewright-cli: " << sentence << '\n';
    return code;
}

void addCommands(CLI::App& app)
{
    using namespace spacewright;
    for (const auto add :
         {addSpaces, addSample, addComplexity, addNew,    addAdd,    addRefine,  addAside,     addReport,  addRun,
          addStatus, addEdf,    addCompare,    addAdvise, addSearch, addTest,    addConfusion, addRetrain, addAgreement,
          addScale,  addPlot,   addExport,     addImport, addBench,  addCluster, addVerify,    addDoctor,  addRecover})
        add(app);
}

} // namespace

int main(int argc, char** argv)
{
    if (const std::optional<int> code = spacewright::helperMain(argc, argv))
        return *code;
    CLI::App app("Explore design spaces of networks: constrain a space, train populations drawn from it, read their "
                 "error distributions, refine.",
                 "spacewright-cli");
    app.require_subcommand(0, 1); // so that an unknown one is named
    app.set_version_flag("--version", "spacewright-cli " SPACEWRIGHT_VERSION);
    addCommands(app);
    try {
        app.parse(argc, argv);
        if (app.get_subcommands().empty())
            throw CLI::RequiredError("A command");
    } catch (const CLI::Success& help) {
        app.exit(help);
    } catch (const CLI::ParseError& error) {
        return report(std::string(error.what()) + " (--help says what is accepted)", wrongArguments);
    } catch (const std::exception& error) {
        return report(spacewright::sentenceOf(error), failed);
    }
    if (!std::cout.flush())
        return report("The output could not be written; is the disk full?", failed);
    return 0;
}
