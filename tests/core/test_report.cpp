// Reports: what they hold, and that nothing a person typed breaks them.
#include "core/exchange/report.h"
#include "study_fixture.h"

namespace spacewright {
namespace {

class ReportTest : public StudyTest {
protected:
    /// A with errors 10, 11, ..., its child "A <b>" with a note, its grandchild set aside.
    std::shared_ptr<const StudyView> made()
    {
        Study study = Study::create(file, Recipe{});
        const SpaceId a = study.addSpace(smallSpace());
        StudySpace child = smallSpace();
        child.parent = a;
        child.space.name = "A <b>";
        child.added = {constraintFrom("shared b")};
        child.note = "cheap | & \"good\"";
        const SpaceId b = study.addSpace(child);
        child.parent = b;
        child.space.name = "C";
        const SpaceId c = study.addSpace(child);
        study.growTo(a, 5);
        study.growTo(b, 5);
        for (int i = 0; i < 10; ++i)
            study.finish(study.claimNext()->id, ModelState::finished, 10 + i, "", 1, 1);
        study.setAside(c, true);
        return view(study);
    }
    Report report()
    {
        const auto shown = made();
        return reportOf(*shown, Lineage().of(*shown), {}, {{"written by", "a test"}});
    }
    static ReportPictures pictures()
    {
        return {[](const Figure& figure) { return "<img alt=\"" + figure.name + "\">"; },
                [](const Edf& edf, double low, double high, int) {
                    EXPECT_LT(low, high);
                    return "<img alt=\"n " + std::to_string(edf.n()) + "\">";
                }};
    }
    static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
};

TEST_F(ReportTest, theJournalIsATreeWithNotesAndVerdicts)
{
    const Report made = report();
    ASSERT_EQ(made.journal.size(), 3U);
    EXPECT_EQ(made.journal[1].level, 1);
    EXPECT_EQ(made.journal[1].errors, "[11.0 | 15.0]"); // the spaces take turns
    EXPECT_EQ(made.journal[1].narrowedBy, describe(constraintFrom("shared b")));
    EXPECT_TRUE(has(made.journal[1].verdict, "AnyNetX_A"));
    EXPECT_TRUE(made.journal[2].setAside);
    EXPECT_EQ(made.journal[2].level, 2);
}

TEST_F(ReportTest, theBestModelsComeFirst)
{
    const Report made = report();
    ASSERT_EQ(made.best.size(), 11U);
    EXPECT_EQ(made.best[1][2], "10.00");
    EXPECT_EQ(made.best[10][2], "19.00");
}

TEST_F(ReportTest, htmlIsOneDocumentInWhichNamesAndNotesAreText)
{
    const std::string html = reportHtml(report(), pictures());
    EXPECT_TRUE(html.starts_with("<!DOCTYPE html>"));
    EXPECT_TRUE(has(html, "A &lt;b&gt;"));
    EXPECT_TRUE(has(html, "cheap | &amp; &quot;good&quot;"));
    EXPECT_FALSE(has(html, "A <b>"));
    EXPECT_TRUE(has(html, "<img alt=\"edf\">"));
    EXPECT_TRUE(has(html, "<img alt=\"n 5\">"));
    EXPECT_TRUE(has(html, "fashion-mnist"));
    EXPECT_FALSE(has(html, "http")) << "nothing is fetched";
}

TEST_F(ReportTest, markdownKeepsItsTablesWhole)
{
    const std::string text = reportMarkdown(report());
    EXPECT_TRUE(has(text, "  - **A \\<b\\>**"));
    EXPECT_TRUE(has(text, "cheap \\| & \"good\""));
    EXPECT_TRUE(has(text, "| written by | a test |"));
}

TEST_F(ReportTest, aStudyWithoutResultsHasAReportToo)
{
    studyOf(file, 2);
    const auto shown = view(Study(file, Study::Access::readOnly));
    const Report made = reportOf(*shown, {}, {}, {});
    EXPECT_TRUE(made.figures.empty());
    EXPECT_TRUE(has(reportHtml(made, pictures()), "AnyNetX_A"));
    EXPECT_TRUE(has(reportMarkdown(made), "0 of 2"));
}

TEST_F(ReportTest, latexTakesNothingThatWasTypedForItsOwn)
{
    const std::string text = reportLatex(report(), [](const Figure& figure) { return figure.name + ".pdf"; });
    EXPECT_TRUE(has(text, "cheap \\textbar{} \\& \\textquotedbl{}good\\textquotedbl{}")) << text;
    EXPECT_TRUE(has(text, "A \\textless{}b\\textgreater{}"));
    EXPECT_TRUE(has(text, "{edf.pdf}"));
    EXPECT_TRUE(has(text, "AnyNetX\\_A"));
    EXPECT_FALSE(has(text, "AnyNetX_A"));
}

} // namespace
} // namespace spacewright
