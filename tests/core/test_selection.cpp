// Models chosen from a population, and how sure a counted error is.
#include "core/error.h"
#include "core/statistics/binomial.h"
#include "core/statistics/selection.h"
#include <gtest/gtest.h>
#include <set>

namespace spacewright {
namespace {

/// Model i has the error (7 i) modulo n.
Population ofModels(int n)
{
    Population population;
    population.space.space.name = "A";
    for (int i = 0; i < n; ++i) {
        population.counted.emplace_back();
        population.counted.back().id = ModelId{i};
        population.counted.back().error = 7 * i % n;
    }
    return population;
}

std::vector<double> errorsOf(const std::vector<Model>& models)
{
    std::vector<double> errors;
    for (const Model& model : models)
        errors.push_back(*model.error);
    return errors;
}

TEST(Selection, theBestComeInOrder)
{
    EXPECT_EQ(errorsOf(selected(ofModels(20), 3, Choice::best)), (std::vector<double>{0, 1, 2}));
}

TEST(Selection, spreadTakesTheMiddleOfEqualParts)
{
    EXPECT_EQ(errorsOf(selected(ofModels(20), 4, Choice::spread)), (std::vector<double>{2, 7, 12, 17}));
    EXPECT_EQ(errorsOf(selected(ofModels(20), 1, Choice::spread)), (std::vector<double>{10}));
    EXPECT_EQ(errorsOf(selected(ofModels(5), 5, Choice::spread)), (std::vector<double>{0, 1, 2, 3, 4}));
    const auto most = errorsOf(selected(ofModels(20), 19, Choice::spread));
    EXPECT_EQ(std::set<double>(most.begin(), most.end()).size(), 19U);
}

TEST(Selection, randomTakesEachModelAsOften)
{
    const Population population = ofModels(10);
    std::vector<int> times(10, 0);
    for (std::uint64_t seed = 0; seed < 2000; ++seed)
        for (const double error : errorsOf(selected(population, 3, Choice::random, seed)))
            ++times[static_cast<std::size_t>(error)];
    for (const int n : times)
        EXPECT_NEAR(n, 600, 4.5 * 20.5); // sqrt(2000 * 0.3 * 0.7)
    EXPECT_EQ(errorsOf(selected(population, 3, Choice::random, 5)),
              errorsOf(selected(population, 3, Choice::random, 5)));
}

TEST(Selection, moreThanThereAreOrNoneIsAnError)
{
    EXPECT_THROW(selected(ofModels(3), 4, Choice::best), Error);
    EXPECT_THROW(selected(ofModels(3), 0, Choice::spread), Error);
    EXPECT_THROW(selected(ofModels(0), 1, Choice::random), Error);
}

TEST(Binomial, agreesWithWilsonsFormula)
{
    // Computed once in Python: the roots of (p - x)^2 = z^2 x (1 - x) / n.
    const std::tuple<int, int, double, double> rows[] = {{1420, 10000, 13.529615, 14.897880},
                                                         {0, 16, 0, 19.360768},
                                                         {16, 16, 80.639232, 100},
                                                         {3, 10, 10.779127, 60.322185}};
    for (const auto& [wrong, images, low, high] : rows) {
        EXPECT_NEAR(errorInterval(wrong, images).low, low, 1e-6) << wrong;
        EXPECT_NEAR(errorInterval(wrong, images).high, high, 1e-6) << wrong;
    }
    EXPECT_THROW(errorInterval(0, 0), Error);
    EXPECT_THROW(errorInterval(5, 4), Error);
    EXPECT_THROW(errorInterval(-1, 4), Error);
}

} // namespace
} // namespace spacewright
