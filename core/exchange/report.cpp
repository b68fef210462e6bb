// What a report of a study holds. How it is written is in report_html.cpp and report_markdown.cpp.
#include "core/exchange/report.h"
#include "core/error.h"
#include "core/figures/figures.h"
#include <nlohmann/json.hpp>
#include <algorithm>
#include <cstdio>

namespace spacewright {
namespace {

std::string number(const char* format, double value)
{
    char text[48];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

ReportSpace reportSpace(const Population& population, int place, int level, const Lineage::Verdicts& verdicts)
{
    ReportSpace space;
    space.level = level;
    space.place = place;
    space.name = population.space.space.name;
    std::vector<std::string> added;
    for (const Constraint& constraint : population.space.added)
        added.push_back(describe(constraint));
    space.narrowedBy = joined(added);
    space.note = population.space.note;
    space.models = std::to_string(population.counted.size()) + " of " + std::to_string(population.counts.total()) +
                   (population.counts.reused ? ", " + std::to_string(population.counts.reused) + " reused" : "");
    if (population.edf)
        space.errors = "[" + number("%.1f", population.edf->min) + " | " + number("%.1f", population.edf->mean) + "]";
    if (const auto verdict = verdicts.find(population.space.id); verdict != verdicts.end())
        space.verdict = verdict->second.sentence;
    space.edf = population.edf;
    space.setAside = population.space.setAside;
    return space;
}

/// The children of `parent` with theirs, depth first.
void addBranch(Report& report, const StudyView& study, std::optional<SpaceId> parent, int level,
               const Lineage::Verdicts& verdicts)
{
    for (std::size_t i = 0; i < study.populations.size(); ++i) {
        const Population& population = study.populations[i];
        if (population.space.parent != parent)
            continue;
        report.journal.push_back(reportSpace(population, static_cast<int>(i), level, verdicts));
        addBranch(report, study, population.space.id, level + 1, verdicts);
    }
}

template <typename Value>
std::string perStage(const Network& network, Value Stage::*value)
{
    std::string text;
    for (const Stage& stage : network.stages)
        text += (text.empty() ? "" : " ") + number("%g", static_cast<double>(stage.*value));
    return text;
}

void addBest(Report& report, const StudyView& study, const std::vector<TestResult>& tests)
{
    std::vector<std::pair<const Model*, const Population*>> all;
    for (const Population& population : study.populations)
        for (const Model& model : population.counted)
            if (!isReused(population, model) && !population.space.setAside)
                all.emplace_back(&model, &population);
    std::stable_sort(all.begin(), all.end(), [](auto a, auto b) { return *a.first->error < *b.first->error; });
    all.resize(std::min<std::size_t>(all.size(), 10));
    report.best = {{"#", "space", "error %", "test %", "d", "w", "b", "g", "flops", "params", "acts"}};
    for (const auto& [model, population] : all) {
        std::vector<std::string> tested;
        for (const TestResult& test : tests)
            if (test.model == model->id)
                tested.push_back(number("%.2f", test.error()));
        const Network& network = model->sample.network;
        const Complexity& cost = model->sample.complexity;
        report.best.push_back({std::to_string(static_cast<std::int64_t>(model->id)), population->space.space.name,
                               number("%.2f", *model->error), joined(tested), perStage(network, &Stage::depth),
                               perStage(network, &Stage::width), perStage(network, &Stage::bottleneckRatio),
                               perStage(network, &Stage::groupWidth), std::to_string(cost.flops),
                               std::to_string(cost.params), std::to_string(cost.activations)});
    }
}

/// Every figure that the study has the spaces for.
void addFigures(Report& report, const StudyView& study)
{
    for (const FigureKind& kind : figureKinds()) {
        try {
            report.figures.emplace_back(kind.about, makeFigure(kind.name, study.populations));
        } catch (const Error&) { // needs spaces that this study does not have
        }
    }
}

} // namespace

Report reportOf(const StudyView& study, const Lineage::Verdicts& verdicts, const std::vector<TestResult>& tests,
                std::vector<Report::Row> environment)
{
    Report report;
    report.title = study.path.stem().string();
    addBranch(report, study, std::nullopt, 0, verdicts);
    addBest(report, study, tests);
    addFigures(report, study);
    const auto recipe = nlohmann::ordered_json::parse(toJson(study.recipe));
    for (const auto& [name, value] : recipe.items())
        report.recipe.push_back({name, value.is_string() ? value.get<std::string>() : value.dump()});
    report.environment = std::move(environment);
    return report;
}

} // namespace spacewright
