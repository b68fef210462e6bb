// The terminal program's figures: each as a picture and as data.
#include "core/study/study.h"
#include "program.h"
#include <gtest/gtest.h>

namespace {

using nlohmann::json;
using namespace spacewright;

class CliFigures : public testing::Test {
protected:
    /// A study of six finished models of each space; the first space draws its learning rate.
    std::string studyOf(const std::string& name, const std::vector<std::string>& spaces)
    {
        Study study = Study::create(m_folder / (name + ".study"), Recipe{});
        for (const std::string& space : spaces) {
            StudySpace added;
            added.space = namedSpace(space);
            if (space == spaces.front())
                added.space.rate = RecipeRange{0.01, 0.3};
            study.growTo(study.addSpace(added), 6);
        }
        while (const auto model = study.claimNext())
            study.finish(model->id, ModelState::finished, 15 + static_cast<double>(model->id), "", 1, 1000);
        return inQuotes(m_folder / (name + ".study"));
    }

    Folder m_folder;
};

TEST_F(CliFigures, eachIsAPictureAndData)
{
    const std::string studies = studyOf("a", {"AnyNetX_A", "AnyNetX_C", "AnyNetX_D", "AnyNetX_E"}) + " " +
                                studyOf("b", {"AnyNetX_A", "AnyNetX_D", "RegNetX", "RegNetX-refined", "RegNetY"});
    for (const char* name : {"edf", "scatter", "shared", "networks", "ordered", "linear-fit", "regnet",
                             "generalization", "trends", "complexity", "refined", "alternatives", "recipe"}) {
        const std::string picture = inQuotes(m_folder / (std::string(name) + ".svg"));
        const Result result = cli("plot " + studies + " --figure " + name + " --json -o " + picture);
        ASSERT_EQ(result.code, 0) << name << ": " << result.err;
        EXPECT_NE(result.err.find("written"), std::string::npos) << "standard output is for the data";
        const json figure = result.json();
        EXPECT_EQ(figure["figure"], name);
        ASSERT_FALSE(figure["panels"].empty()) << name;
        for (const json& panel : figure["panels"]) {
            EXPECT_FALSE(panel["x"]["name"].empty());
            for (const json& series : panel["series"])
                for (const json& point : series["points"])
                    EXPECT_TRUE(point[0].is_number() && point[1].is_number()) << name;
        }
        EXPECT_GT(contents(m_folder / (std::string(name) + ".svg")).size(), 1000u);
    }
}

TEST_F(CliFigures, oneSpaceOfAStudyCanBeDrawn)
{
    const std::string study = studyOf("a", {"AnyNetX_A", "AnyNetX_D"});
    const json panel = cli("plot " + study + ":AnyNetX_D --json").json()["panels"][0];
    ASSERT_EQ(panel["series"].size(), 1u);
    EXPECT_EQ(panel["series"][0]["points"].size(), 2u + 2 * 6) << "two corners a model, and both ends";
    EXPECT_EQ(panel["series"][0]["name"], "[22.0 | 24.5] AnyNetX_D, n 6");
}

TEST_F(CliFigures, sayWhichSpacesAreMissing)
{
    const Result result =
        cli("plot " + studyOf("a", {"AnyNetX_A"}) + " --figure ordered -o " + inQuotes(m_folder / "ordered.svg"));
    EXPECT_EQ(result.code, 1);
    EXPECT_NE(result.err.find("AnyNetX_C"), std::string::npos) << result.err;
    EXPECT_FALSE(std::filesystem::exists(m_folder / "ordered.svg"));
}

} // namespace
