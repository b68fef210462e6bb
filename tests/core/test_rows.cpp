// Files of many rows: each is read, and what is none stops nothing.
#include "core/exchange/rows.h"
#include "tests/core/study_fixture.h"

namespace spacewright {
namespace {

using nlohmann::json;
using Read = void (*)(const std::filesystem::path&, const RowVisitor&);

class RowsTest : public StudyTest {
protected:
    /// "where row" of each row, "where! why" of each that was refused.
    std::vector<std::string> rows(Read read, const std::string& text)
    {
        std::ofstream(folder / "rows") << text;
        std::vector<std::string> lines;
        read(folder / "rows",
             {[&](const std::string& where, const json& row) { lines.push_back(where + " " + row.dump()); },
              [&](const std::string& where, const std::string& why) { lines.push_back(where + "! " + why); }});
        return lines;
    }
};

using Lines = std::vector<std::string>;

TEST_F(RowsTest, aListGivesItsElementsOneByOne)
{
    EXPECT_EQ(rows(eachElement, R"([{"a": [1, {"b": "],}"}]}, 5 ,
        null])"),
              (Lines{R"(model 1 {"a":[1,{"b":"],}"}]})", "model 2 5", "model 3 null"}));
    EXPECT_EQ(rows(eachElement, "[]"), Lines{});
    EXPECT_EQ(rows(eachElement, R"({"name": "a [b]", "top": [1], "mid": [2, 3]})"),
              (Lines{"model 1 1", "model 2 2", "model 3 3"}))
        << "lists within the outermost object follow each other";
    EXPECT_EQ(rows(eachElement, R"([{"e": NaN, "s": "NaN"}, {"e": -Infinity}])"),
              (Lines{R"(model 1 {"e":null,"s":"NaN"})", R"(model 2 {"e":null})"}))
        << "as Python writes them";
}

TEST_F(RowsTest, aBrokenElementDoesNotStopTheRest)
{
    EXPECT_EQ(rows(eachElement, "[{\"a\" 1}, 2, {\"a\":"),
              (Lines{"model 1! It is not valid JSON.", "model 2 2", "model 3! The file ends within it."}));
    const std::string deep = std::string(100000, '[') + std::string(100000, ']');
    EXPECT_EQ(rows(eachElement, "[" + deep + ", 7]"),
              (Lines{"model 1! It is nested too deeply to be a model.", "model 2 7"}));
    const std::string longText = "[\"" + std::string(17'000'000, 'x') + "\", 7]";
    EXPECT_EQ(rows(eachElement, longText),
              (Lines{"model 1! It is longer than 16 MB, which no model is.", "model 2 7"}));
}

TEST_F(RowsTest, whatIsNoListIsSaid)
{
    EXPECT_ERROR(rows(eachElement, "yes"), "is not JSON");
    EXPECT_ERROR(rows(eachElement, "{\"a\": 1}"), "is not a list");
    EXPECT_ERROR(eachElement(folder, {}), "cannot be read");
    EXPECT_ERROR(eachCsvRow(folder / "none", {}), "cannot be read");
}

TEST_F(RowsTest, linesAreCountedAsAnEditorDoes)
{
    EXPECT_EQ(rows(eachLine, "{\"a\":1}\r\n\n{\"a\":\n{}"),
              (Lines{R"(line 1 {"a":1})", "line 3! It is not valid JSON.", "line 4 {}"}));
}

TEST_F(RowsTest, aTableGivesNumbersWhereTheCellsAreNumbers)
{
    EXPECT_EQ(rows(eachCsvRow, "\xEF\xBB\xBFname,w,e\r\n\"a, \"\"b\"\"\nc\",8,1e-3\nd,,x\n\ne,1\n"),
              (Lines{R"(line 2 {"e":0.001,"name":"a, \"b\"\nc","w":8})", R"(line 4 {"e":"x","name":"d"})",
                     "line 6! It has 2 cells, the first line has 3."}));
    EXPECT_EQ(rows(eachCsvRow, "a;b\n1;2,5\n"), (Lines{R"(line 2 {"a":1,"b":"2,5"})"}));
    EXPECT_ERROR(rows(eachCsvRow, ""), "is empty");
}

} // namespace
} // namespace spacewright
