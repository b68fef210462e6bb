// A study as a report to be printed: the journal with notes and verdicts, figures, best models, recipe, environment.
#pragma once
#include "core/figures/figure.h"
#include "core/statistics/lineage.h"
#include <functional>

namespace spacewright {

/// A space as the report's journal has it.
struct ReportSpace {
    int level = 0; ///< 0 for the roots
    int place = 0; ///< among the study's spaces, which gives it its colour
    std::string name, narrowedBy, note, models, errors, verdict;
    std::optional<Edf> edf;
    bool setAside = false;
};

struct Report {
    using Row = std::vector<std::string>;
    std::string title;
    std::vector<ReportSpace> journal;                    ///< parents before their children
    std::vector<std::pair<std::string, Figure>> figures; ///< with what each shows
    std::vector<Row> best;                               ///< the best ten models, the header first
    std::vector<Row> recipe, environment;                ///< name and value
};

/// `tests` and `environment` (what wrote the report, where) are the caller's. Takes seconds for very many models.
Report reportOf(const StudyView&, const Lineage::Verdicts&, const std::vector<TestResult>& tests,
                std::vector<Report::Row> environment);

/// What stands in a document for a picture, such as an `img` element with the picture in it.
struct ReportPictures {
    std::function<std::string(const Figure&)> figure;
    /// Beside others of the same journal, whose errors reach from `low` to `high`; `place` gives the colour.
    std::function<std::string(const Edf&, double low, double high, int place)> smallEdf;
};

/// One file that needs no other.
std::string reportHtml(const Report&, const ReportPictures&);
/// Without pictures.
std::string reportMarkdown(const Report&);
/// With the names of the files that hold the figures.
std::string reportLatex(const Report&, const std::function<std::string(const Figure&)>& pictureFile);

} // namespace spacewright
