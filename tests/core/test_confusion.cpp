// What a classifier mistakes for what, on answers that can be counted by hand.
#include "core/statistics/confusion.h"
#include "core/error.h"
#include <gtest/gtest.h>
#include <cmath>

using namespace spacewright;

namespace {

using Places = std::vector<std::size_t>;

/// Truth 0 three times, 1 twice, 2 once.
const std::vector<Answer> six{{0, 0, 0.9F}, {0, 1, 0.6F}, {0, 1, 0.8F}, {1, 1, 0.5F}, {1, 2, 0.7F}, {2, 2, 1.0F}};

TEST(Confusion, countsEachTruthAndAnswer)
{
    const Confusion confusion(six, 3);
    EXPECT_EQ(confusion.images(), 6);
    EXPECT_EQ(confusion.images(0), 3);
    EXPECT_EQ(confusion.at(0, 0), 1);
    EXPECT_EQ(confusion.at(0, 1), 2);
    EXPECT_EQ(confusion.at(1, 2), 1);
    EXPECT_EQ(confusion.wrong(), 3);
    EXPECT_EQ(confusion.mostMistaken(), std::pair(0, 1));
    EXPECT_FALSE(Confusion({{1, 1, 1}}, 2).mostMistaken());
    EXPECT_EQ(Confusion().images(), 0);
    EXPECT_THROW(Confusion(six, 2), Error);
}

TEST(Confusion, theWorstAnswersAreTheSurestWrongOnes)
{
    EXPECT_EQ(worstAnswers(six, 10), (Places{2, 4, 1}));
    EXPECT_EQ(worstAnswers(six, 2), (Places{2, 4}));
    EXPECT_EQ(worstAnswers(six, 10, std::pair(0, 1)), (Places{2, 1}));
    EXPECT_EQ(worstAnswers(six, 10, std::pair(0, 0)), Places{0}) << "right ones, where they are asked for";
    EXPECT_TRUE(worstAnswers({}, 10).empty());
}

TEST(Confusion, anAnswerIsTheLargestLogitWithItsSoftmax)
{
    const std::vector<Answer> answers = answersFrom({0, std::log(3.0F), 1000, -1000}, {0, 0});
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_EQ(answers[0].answer, 1);
    EXPECT_NEAR(answers[0].probability, 0.75, 1e-6);
    EXPECT_EQ(answers[1], (Answer{0, 0, 1})) << "large logits do not overflow";
    EXPECT_TRUE(answersFrom({}, {}).empty());
}

} // namespace
