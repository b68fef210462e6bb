// Sampling: reproducible, distinct, conditional, and empty spaces named.
#include "core/design/sampler.h"
#include "core/error.h"
#include "tests/core/reference_networks.h"
#include <set>
#include <thread>

using namespace spacewright;

namespace {

Space narrowed(const std::string& name, std::initializer_list<const char*> constraints)
{
    Space space = namedSpace(name);
    for (const char* text : constraints)
        space = constrained(space, constraintFrom(text));
    return space;
}

void expectSame(const std::vector<Sample>& a, const std::vector<Sample>& b)
{
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].index, b[i].index);
        EXPECT_EQ(a[i].network, b[i].network);
        EXPECT_EQ(a[i].complexity, b[i].complexity);
        EXPECT_EQ(a[i].regNet, b[i].regNet);
        EXPECT_EQ(a[i].drawnGroupWidths, b[i].drawnGroupWidths);
    }
}

/// All but the time they took.
void expectSame(const Draw& a, const Draw& b)
{
    EXPECT_EQ(a.proposals, b.proposals);
    EXPECT_EQ(a.accepted, b.accepted);
    EXPECT_EQ(a.nextIndex, b.nextIndex);
    expectSame(a.samples, b.samples);
}

std::string failure(const Space& space, std::int64_t n, int threads)
{
    try {
        draw(space, 1, n, 0, {}, {}, threads);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
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

TEST(Sampler, networksOfAListMayDifferBesideTheirStages)
{
    Space list;
    list.networks.resize(2, namedSpace("ResNet-50").networks[0]);
    list.networks[1].seRatio = 0.25;
    const Draw both = draw(list, 1, 2);
    EXPECT_NE(both.samples[0].network.seRatio, both.samples[1].network.seRatio);
    EXPECT_EQ(draw(list, 1, 1, 0, {both.samples[0].network}).samples[0].network.seRatio,
              both.samples[1].network.seRatio);
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

TEST(Sampler, aRegNetIsWhatItsParametersGenerate)
{
    for (const char* name : {"RegNetX", "RegNetX-pycls", "RegNetX-3-stages", "RegNetX-5-stages", "RegNetX-w0wa"})
        for (const Sample& s : draw(namedSpace(name), 5, 3000).samples)
            ASSERT_EQ(s.network.stages, regNet(*s.regNet, namedSpace(name).prototype).stages) << name;
}

TEST(Sampler, drawsTheSameOnOneThreadAndOnEight)
{
    for (const auto& [name, n] : {std::pair("AnyNetX_A", 3000), {"AnyNetX_E", 2000}, {"RegNetX-pycls", 1500}}) {
        const Space space = narrowed(name, {"flops=360M:400M"});
        const Draw one = draw(space, 3, n, 17, {}, {}, 1);
        expectSame(one, draw(space, 3, n, 17, {}, {}, 8));
        std::vector<Network> known; // every second one is known already
        for (std::size_t i = 0; i < one.samples.size(); i += 2)
            known.push_back(one.samples[i].network);
        const Draw rest = draw(space, 3, n, 17, known, {}, 1);
        EXPECT_GT(rest.nextIndex, one.nextIndex);
        expectSame(rest, draw(space, 3, n, 17, known, {}, 8));
    }
}

TEST(Sampler, anExhaustedOrEmptySpaceSaysTheSameOnEightThreads)
{
    // Rare enough that several threads are worth while: all of depth 1 are 1 in 625.
    const Space few = narrowed("AnyNetX_A", {"d=4", "w=8:16", "b=1", "g=8", "flops=:30M"});
    const std::string exhausted = failure(few, 1000, 1);
    EXPECT_NE(exhausted.find("holds only about 16 different networks"), std::string::npos) << exhausted;
    EXPECT_EQ(failure(few, 1000, 8), exhausted);
    const Space none = narrowed("AnyNetX_A", {"flops=:1M"});
    EXPECT_EQ(failure(none, 100, 8), failure(none, 100, 1));
    EXPECT_NE(failure(none, 100, 8), "");
}

TEST(Sampler, aStoppedDrawIsTheBeginningOfTheWholeOne)
{
    const Space space = narrowed("RegNetX-pycls", {"flops=360M:400M"});
    for (const int threads : {1, 8}) {
        std::stop_source source;
        Draw stopped;
        std::jthread drawing([&] { stopped = draw(space, 3, 5'000'000, 0, {}, source.get_token(), threads); });
        draw(space, 3, 200); // some time goes by
        source.request_stop();
        drawing.join();
        const auto n = static_cast<std::int64_t>(stopped.samples.size());
        expectSame(stopped.samples, draw(space, 3, n).samples);
    }
}

TEST(Sampler, previewTellsAcceptanceAndExamples)
{
    const Preview p = preview(narrowed("AnyNetX_A", {"flops=360M:400M"}), 1, 5000, 5);
    EXPECT_EQ(p.proposals, 5000);
    EXPECT_NEAR(double(p.accepted) / 5000, 0.0204, 0.01);
    EXPECT_EQ(p.examples.size(), 5u);
    EXPECT_FALSE(p.emptiness);
    EXPECT_TRUE(preview(narrowed("AnyNetX_A", {"d=200:"}), 1, 1000, 5).emptiness);
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
