// The models of a study as columns of numbers.
#include "app/gui/models/model_rows.h"

#include "app/gui/format.h"
#include "app/gui/terms.h"

#include <QStringList>
#include <algorithm>
#include <limits>
#include <set>

namespace spacewright {

namespace {

constexpr double last = std::numeric_limits<double>::infinity(); ///< sorts behind all numbers

std::vector<std::string> keysFor(const StudyView& study)
{
    std::size_t stages = 0;
    for (const Population& population : study.populations)
        for (const Model& model : population.models)
            stages = std::max(stages, model.sample.network.stages.size());
    std::vector<std::string> keys{"#", "error", "d"};
    for (std::size_t stage = 1; stage <= stages; ++stage)
        keys.push_back("w" + std::to_string(stage));
    keys.insert(keys.end(), {"b", "g", "flops", "params", "space", "state"});
    return keys;
}

/// "1", or "1 2 1 4" where stages differ.
template <typename Number>
QString perStage(const Network& network, Number Stage::*field)
{
    QStringList texts;
    for (const Stage& stage : network.stages)
        texts << valueText(stage.*field);
    return std::set<QString>(texts.begin(), texts.end()).size() == 1 ? texts.front() : texts.join(' ');
}

double number(const Model& model, int space, const std::string& key)
{
    if (key == "#")
        return static_cast<double>(model.id);
    if (key == "error")
        return model.error.value_or(last);
    if (key == "space")
        return space;
    if (key == "state")
        return static_cast<double>(model.state);
    if (const std::optional<double> value = parameterValue(model.sample, key))
        return *value;
    const std::vector<Stage>& stages = model.sample.network.stages;
    if (stages.empty())
        return -1;
    return key == "b" ? stages.front().bottleneckRatio : key == "g" ? stages.front().groupWidth : -1;
}

std::shared_ptr<const std::string> searchText(const Model& model, const std::string& space,
                                              const std::vector<std::string>& keys)
{
    QString text;
    for (const std::string& key : keys)
        text += cellText(model, space, key) + '\n'; // no text that is typed has a line end
    return std::make_shared<const std::string>(text.toLower().toStdString());
}

/// The models of all spaces, each with its own, in order of id.
void listModels(ModelRows& rows, const StudyView& study)
{
    std::vector<std::pair<ModelList::Pointer, int>> all;
    for (std::size_t space = 0; space < study.populations.size(); ++space) {
        const Population& population = study.populations[space];
        for (std::size_t i = 0; i < population.models.size(); ++i)
            if (!isReused(population, population.models[i]))
                all.emplace_back(population.models.shared(i), static_cast<int>(space));
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first->id < b.first->id; });
    for (auto& [model, space] : all) {
        rows.models.push_back(std::move(model));
        rows.spaces.push_back(space);
    }
}

} // namespace

QString cellText(const Model& model, const std::string& space, const std::string& key)
{
    if (key == "error")
        return model.error ? errorText(*model.error) : QString();
    if (key == "space")
        return QString::fromStdString(space);
    if (key == "state")
        return QString::fromStdString(toText(model.state));
    if (key == "b")
        return perStage(model.sample.network, &Stage::bottleneckRatio);
    if (key == "g")
        return perStage(model.sample.network, &Stage::groupWidth);
    const double value = number(model, 0, key);
    if (value < 0)
        return {};
    return isComplexity(QString::fromStdString(key)) ? countText(value) : valueText(value);
}

std::shared_ptr<const ModelRows> rowsOf(const StudyView& study, const std::shared_ptr<const ModelRows>& before)
{
    auto rows = std::make_shared<ModelRows>();
    rows->keys = keysFor(study);
    listModels(*rows, study);
    const bool isLike = before && before->keys == rows->keys;
    rows->numbers.assign(rows->keys.size(), std::vector<double>(rows->size()));
    rows->text.resize(rows->size());
    if (isLike)
        for (std::size_t column = 0; column < rows->keys.size(); ++column)
            std::copy_n(before->numbers[column].begin(), std::min(before->size(), rows->size()),
                        rows->numbers[column].begin());
    for (std::size_t i = 0; i < rows->size(); ++i) {
        if (isLike && i < before->size() && before->models[i] == rows->models[i] &&
            before->spaces[i] == rows->spaces[i]) {
            rows->text[i] = before->text[i];
            continue;
        }
        const Model& model = *rows->models[i];
        const int space = rows->spaces[i];
        for (std::size_t column = 0; column < rows->keys.size(); ++column)
            rows->numbers[column][i] = number(model, space, rows->keys[column]);
        rows->text[i] =
            searchText(model, study.populations[static_cast<std::size_t>(space)].space.space.name, rows->keys);
    }
    return rows;
}

} // namespace spacewright
