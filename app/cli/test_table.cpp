// Tested models as `test` and `status` show them.
#include "app/cli/test_table.h"
#include "core/statistics/binomial.h"

namespace spacewright {

std::vector<TestedModel> testedModels(const Study& study)
{
    std::vector<TestedModel> tested;
    for (const TestResult& result : study.tests()) {
        const Model model = study.model(result.model);
        tested.push_back({model, study.space(model.space).space.name, result});
    }
    return tested;
}

Json jsonOf(const std::vector<TestedModel>& tested)
{
    Json list = Json::array();
    for (const auto& [model, space, result] : tested) {
        const PercentInterval interval = errorInterval(result.wrong, result.images);
        list.push_back({{"model", static_cast<std::int64_t>(model.id)},
                        {"space", space},
                        {"data", result.data},
                        {"validation_error", model.error ? number(*model.error) : Json()},
                        {"test_error", number(result.error())},
                        {"low", interval.low},
                        {"high", interval.high},
                        {"images", result.images}});
    }
    return list;
}

std::vector<std::vector<std::string>> rowsOf(const std::vector<TestedModel>& tested)
{
    std::vector<std::vector<std::string>> rows{
        {"model", "space", "data", "validation %", "test %", "95 % interval", "images"}};
    for (const auto& [model, space, result] : tested) {
        const PercentInterval interval = errorInterval(result.wrong, result.images);
        rows.push_back({std::to_string(static_cast<std::int64_t>(model.id)), space, result.data,
                        model.error ? fixed(*model.error, 2) : "-", fixed(result.error(), 2),
                        fixed(interval.low, 2) + " to " + fixed(interval.high, 2), std::to_string(result.images)});
    }
    return rows;
}

} // namespace spacewright
