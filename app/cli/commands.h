// The commands of the terminal program: each function adds one, whose callback does the work.
// A callback throws CLI::ParseError for wrong arguments (exit code 2) and Error when the work fails (1).
#pragma once

namespace CLI {
class App;
}

namespace spacewright {

void addSpaces(CLI::App&);
void addSample(CLI::App&);
void addComplexity(CLI::App&);
void addNew(CLI::App&);
void addRefine(CLI::App&);
void addAside(CLI::App&);
void addReport(CLI::App&);
void addAdd(CLI::App&);
void addRun(CLI::App&);
void addStatus(CLI::App&);
void addEdf(CLI::App&);
void addCompare(CLI::App&);
void addAdvise(CLI::App&);
void addSearch(CLI::App&);
void addTest(CLI::App&);
void addConfusion(CLI::App&);
void addRetrain(CLI::App&);
void addAgreement(CLI::App&);
void addScale(CLI::App&);
void addPlot(CLI::App&);
void addExport(CLI::App&);
void addImport(CLI::App&);
void addBench(CLI::App&);
void addCluster(CLI::App&);
void addVerify(CLI::App&);
void addDoctor(CLI::App&);
void addRecover(CLI::App&);

} // namespace spacewright
