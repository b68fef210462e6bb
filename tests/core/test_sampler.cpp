// Sampling: reproducible, distinct, conditional, and empty spaces named.
#include "core/design/sampler.h"
#include "core/error.h"
#include "tests/core/reference_networks.h"
#include <map>
#include <set>

using namespace spacewright;

namespace {

Space narrowed(const std::string& name, std::initializer_list<const char*> constraints)
{
    Space space = namedSpace(name);
    for (const char* text : constraints)
        space = constrained(space, constraintFrom(text));
    return space;
}

std::string sentence(const Space& space)
{
    try {
        draw(space, 1, 1);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

/// Two-sample chi-square over the values of one parameter (cells of fewer than 10 are pooled), against its
/// 99.9 % point by the Wilson-Hilferty approximation.
void expectSameDistribution(const std::vector<Sample>& a, const std::vector<Sample>& b, const std::string& parameter)
{
    std::map<double, std::pair<double, double>> cells;
    for (const Sample& s : a)
        cells[*parameterValue(s, parameter)].first++;
    for (const Sample& s : b)
        cells[*parameterValue(s, parameter)].second++;
    std::vector<std::pair<double, double>> pooled(1);
    for (const auto& [value, count] : cells) {
        pooled.back().first += count.first;
        pooled.back().second += count.second;
        if (pooled.back().first + pooled.back().second >= 20)
            pooled.emplace_back();
    }
    const double na = a.size(), nb = b.size();
    double chiSquare = 0;
    int degrees = -1;
    for (const auto& [x, y] : pooled) {
        if (x + y == 0)
            continue;
        const double difference = x * std::sqrt(nb / na) - y * std::sqrt(na / nb);
        chiSquare += difference * difference / (x + y);
        ++degrees;
    }
    ASSERT_GT(degrees, 0) << parameter;
    const double t = 2.0 / (9.0 * degrees);
    EXPECT_LT(chiSquare, degrees * std::pow(1 - t + 3.09 * std::sqrt(t), 3)) << parameter << ", df " << degrees;
}

} // namespace

TEST(Sampler, aSampleDependsOnSpaceSeedAndIndexAlone)
{
    const Space space = narrowed("AnyNetX_A", {"flops=360M:400M"});
    const Draw all = draw(space, 7, 20);
    const Draw later = draw(space, 7, 5, 15);
    ASSERT_EQ(later.samples.size(), 5u);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(later.samples[i].network, all.samples[15 + i].network);
        EXPECT_EQ(later.samples[i].index, 15 + i);
    }
    EXPECT_NE(draw(space, 8, 1).samples[0].network, all.samples[0].network);
}

TEST(Sampler, everySampleFulfilsEveryConstraintOfItsSpace)
{
    for (const Space& named : namedSpaces()) {
        const Space space = narrowed(named.name, {"flops=200M:600M", "params=:20M"});
        for (const Sample& s : draw(space, 3, 30).samples) {
            EXPECT_NO_THROW(check(s.network));
            EXPECT_EQ(s.complexity, complexity(s.network));
            EXPECT_EQ(static_cast<int>(s.network.stages.size()), space.stages) << named.name;
            for (const Constraint& c : space.constraints)
                EXPECT_TRUE(fulfils(s, c)) << named.name << ": " << toText(c);
        }
    }
}

TEST(Sampler, samplesAreDistinctNetworks)
{
    const Draw drawn = draw(narrowed("RegNetX-pycls", {"flops=360M:400M"}), 1, 300);
    std::set<std::vector<int>> seen;
    for (const Sample& s : drawn.samples) {
        std::vector<int> key;
        for (const Stage& stage : s.network.stages)
            key.insert(key.end(), {stage.depth, stage.width, stage.groupWidth});
        EXPECT_TRUE(seen.insert(key).second);
    }
    EXPECT_GE(drawn.accepted, 300);
    EXPECT_EQ(drawn.nextIndex, drawn.accepted);
}

TEST(Sampler, knownNetworksAreNotDrawnAgain)
{
    const Space space = narrowed("AnyNetX_A", {"d1=1", "d2=1", "d3=1", "d4=1", "w=8:16", "b=1", "g=8"});
    const Draw first = draw(space, 1, 8);
    std::vector<Network> known;
    for (const Sample& s : first.samples)
        known.push_back(s.network);
    const Draw rest = draw(space, 1, 8, 0, known);
    for (const Sample& s : rest.samples)
        EXPECT_EQ(std::count(known.begin(), known.end(), s.network), 0);
    // Sixteen networks are all there are.
    for (const Sample& s : rest.samples)
        known.push_back(s.network);
    EXPECT_THROW(draw(space, 1, 1, 0, known), Error);
}

TEST(Sampler, acceptsAsOftenAsPycls)
{
    const std::pair<const char*, const char*> rows[] = {{"AnyNetX_A", "samples_anynetx_a.json"},
                                                        {"RegNetX-pycls", "samples_regnetx.json"}};
    for (const auto& [name, file] : rows) {
        const auto reference = test::readJson(file);
        const Draw d = draw(narrowed(name, {"flops=360M:400M"}), 11, 2000);
        const double rate = double(d.accepted) / double(d.proposals);
        const double expected = reference["accept_rate"];
        // Both rates are counts: five standard deviations of their difference.
        const double deviation =
            expected * std::sqrt(1.0 / reference["accepted"].get<double>() + 1.0 / double(d.accepted));
        EXPECT_NEAR(rate, expected, 5 * deviation) << name;
    }
}

TEST(Sampler, acceptedDepthsAreDistributedAsPyclsDrawsThem)
{
    const nlohmann::json file = test::readJson("samples_anynetx_a.json");
    const nlohmann::json& reference = file["accepted_marginals"]["depths[3]"]["hist"];
    const Draw d = draw(narrowed("AnyNetX_A", {"flops=360M:400M"}), 5, 5000);
    double chiSquare = 0;
    double total = 0;
    for (const auto& [value, count] : reference.items())
        total += count.get<double>();
    for (int depth = 1; depth <= 16; ++depth) {
        const double ours = std::count_if(d.samples.begin(), d.samples.end(),
                                          [&](const Sample& s) { return s.network.stages[3].depth == depth; });
        const double theirs = reference.value(std::to_string(depth), 0.0);
        const double difference = ours * std::sqrt(total / 5000) - theirs * std::sqrt(5000 / total);
        chiSquare += difference * difference / (ours + theirs);
    }
    EXPECT_LT(chiSquare, 37.7); // 15 degrees of freedom, p = 0.001
}

TEST(Sampler, drawsAreConditionalNotSorted)
{
    // What the proposer draws directly, against plain rejection from AnyNetX_A.
    const Space narrow = narrowed("AnyNetX_A", {"shared b", "increasing w", "d1=2:6"});
    const auto wanted = [&](const Sample& s) {
        return std::all_of(narrow.constraints.begin(), narrow.constraints.end(),
                           [&](const Constraint& c) { return fulfils(s, c); });
    };
    std::vector<Sample> rejection = draw(namedSpace("AnyNetX_A"), 21, 600'000).samples;
    std::erase_if(rejection, [&](const Sample& s) { return !wanted(s); });
    ASSERT_GT(rejection.size(), 300u);
    const std::vector<Sample> direct = draw(narrow, 4, 6000).samples;
    for (const char* parameter : {"b", "w1", "w2", "w3", "w4", "d1", "d"})
        expectSameDistribution(direct, rejection, parameter);
}

TEST(Sampler, sharedGroupWidthIsConditional)
{
    const Space narrow = narrowed("AnyNetX_A", {"shared g", "g=2:"});
    std::vector<Sample> rejection = draw(namedSpace("AnyNetX_A"), 22, 200'000).samples;
    std::erase_if(rejection, [&](const Sample& s) {
        return !fulfils(s, narrow.constraints[0]) || !fulfils(s, narrow.constraints[1]);
    });
    ASSERT_GT(rejection.size(), 300u);
    const std::vector<Sample> direct = draw(narrow, 4, 6000).samples;
    for (const char* parameter : {"g", "w1", "w4", "d"})
        expectSameDistribution(direct, rejection, parameter);
}

TEST(Sampler, equalInitialWidthAndSlopeAreConditional)
{
    // Slopes in steps of 8, so that rejection finds equal ones.
    Space wide = namedSpace("RegNetX");
    wide.slope = {Distribution::Kind::logUniform, 8, 128, 8};
    Space narrow = constrained(wide, constraintFrom("w_0=w_a"));
    std::vector<Sample> rejection = draw(wide, 23, 30'000).samples;
    std::erase_if(rejection, [&](const Sample& s) { return !fulfils(s, narrow.constraints[0]); });
    ASSERT_GT(rejection.size(), 300u);
    const std::vector<Sample> direct = draw(narrow, 4, 3000).samples;
    for (const char* parameter : {"w_0", "w_a", "w_m", "d", "w4"})
        expectSameDistribution(direct, rejection, parameter);
    narrow.slope = {Distribution::Kind::uniform, 1, 7, 1};
    EXPECT_NE(sentence(narrow).find("w_0 = w_a"), std::string::npos);
}

TEST(Sampler, namesTheConstraintThatEmptiesASpace)
{
    const std::string text = sentence(narrowed("AnyNetX_D", {"flops=1:2"}));
    EXPECT_NE(text.find("flops"), std::string::npos) << text;
    EXPECT_NE(text.find("nearest"), std::string::npos) << text;
    const std::string depth = sentence(narrowed("AnyNetX_A", {"d=200:300"}));
    EXPECT_NE(depth.find("200 <= d <= 300"), std::string::npos) << depth;
    const std::string none = sentence(narrowed("AnyNetX_A", {"b=3"}));
    EXPECT_NE(none.find("b = 3"), std::string::npos) << none;
}

TEST(Sampler, previewTellsAcceptanceAndExamples)
{
    const Preview p = preview(narrowed("AnyNetX_A", {"flops=360M:400M"}), 1, 5000, 5);
    EXPECT_EQ(p.proposals, 5000);
    EXPECT_NEAR(double(p.accepted) / 5000, 0.0204, 0.01);
    EXPECT_EQ(p.examples.size(), 5u);
    EXPECT_TRUE(p.emptiedBy.empty());
    EXPECT_FALSE(preview(narrowed("AnyNetX_A", {"d=200:"}), 1, 1000, 5).emptiedBy.empty());
}

TEST(Sampler, aStopEndsADrawEarly)
{
    std::stop_source source;
    source.request_stop();
    EXPECT_TRUE(draw(namedSpace("AnyNetX_A"), 1, 100, 0, {}, source.get_token()).samples.empty());
}

TEST(Parameter, isReadFromTheBuiltNetwork)
{
    const Sample s = draw(narrowed("AnyNetX_C", {"b=2", "g=8"}), 1, 1).samples[0];
    EXPECT_EQ(parameterValue(s, "d"), totalDepth(s.network));
    EXPECT_EQ(parameterValue(s, "w4"), s.network.stages[3].width);
    EXPECT_EQ(parameterValue(s, "b"), 2);
    EXPECT_EQ(parameterValue(s, "g"), 8);
    EXPECT_EQ(parameterValue(s, "w_a"), std::nullopt);
    EXPECT_EQ(parameterValue(s, "w9"), std::nullopt);
    EXPECT_EQ(parameterValue(s, "flops"), static_cast<double>(s.complexity.flops));
}
