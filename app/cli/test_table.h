// Tested models as `test` and `status` show them.
#pragma once
#include "app/cli/output.h"
#include "core/study/study.h"

namespace spacewright {

struct TestedModel {
    Model model;
    std::string space;
    TestResult result;
};

/// Every test that the study holds.
std::vector<TestedModel> testedModels(const Study&);

/// [{model, space, data, validation_error, test_error, low, high, images}], errors in percent.
Json jsonOf(const std::vector<TestedModel>&);
std::vector<std::vector<std::string>> rowsOf(const std::vector<TestedModel>&);

} // namespace spacewright
