// What tests of long runs share: a study of small networks, and what has come of it.
#pragma once
#include "core/study/sqlite.h"
#include "program.h"
#include <gtest/gtest.h>

namespace fs = std::filesystem;
using nlohmann::json;

inline bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

class SmallStudy : public testing::Test {
protected:
    /// Small networks on a small data set, waiting.
    static Result create(const fs::path& study, const Folder& folder, int models, int epochs)
    {
        return cli("new " + inQuotes(study) + " --space AnyNetX_A --constrain d=1:6 --flops 20k:400k --seed 4 --data " +
                   inQuotes(folder.writeDataSet()) +
                   " --training-images 256 --validation-images 64 --batch 32 --rate 0.1 --models " +
                   std::to_string(models) + " --epochs " + std::to_string(epochs));
    }
    static json status(const fs::path& study) { return cli("status " + inQuotes(study) + " --json").json(); }
    /// Of the models, in their order.
    static std::vector<double> errors(const fs::path& study)
    {
        spacewright::Database database(study, spacewright::Database::Access::readOnly);
        spacewright::Statement rows(database, "SELECT coalesce(error, -1) FROM model ORDER BY id");
        std::vector<double> all;
        while (rows.step())
            all.push_back(rows.real(0));
        return all;
    }

    const Folder m_folder;
    const fs::path m_study = m_folder / "a.study";
};
