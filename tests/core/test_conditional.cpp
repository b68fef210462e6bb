// What is drawn has exactly the conditional distribution: small spaces against enumeration and plain rejection.
#include "tests/core/chi_square.h"
#include "tests/core/plain_rejection.h"
#include <gtest/gtest.h>

using namespace spacewright;
using test::Family;
using test::with;

namespace {

/// One setting of all parameters of a small space, with its probability.
struct Design {
    Sample sample;
    double probability;
};

/// How a sample is looked at: a cell of each view.
using Look = std::vector<double>;

Space small(Space space)
{
    space.stages = 3;
    space.prototype.resolution = 32;
    space.prototype.classes = 10;
    return space;
}

/// 110,592 designs, with clipped group widths, adjusted widths and ties.
Space smallAnyNet()
{
    using Kind = Distribution::Kind;
    Space s = small(namedSpace("AnyNetX_A"));
    s.depth = {Kind::logUniform, 1, 3, 1};
    s.width = {Kind::logUniform, 8, 32, 8};
    s.bottleneckRatio = {Kind::powersOfTwo, 1, 2, 1};
    s.groupWidth = {Kind::powersOfTwo, 8, 16, 1};
    return s;
}

Space smallRegNet()
{
    using Kind = Distribution::Kind;
    Space s = small(namedSpace("RegNetX"));
    s.depth = {Kind::uniform, 4, 12, 1};
    s.initialWidth = {Kind::logUniform, 8, 32, 8};
    s.slope = {Kind::logUniform, 4, 40, 4};
    s.multiplier = {Kind::uniform, 1.5, 3, 0.25};
    s.bottleneckRatio = {Kind::powersOfTwo, 1, 2, 1};
    s.groupWidth = {Kind::powersOfTwo, 8, 16, 1};
    return s;
}

void addStages(const Space& space, Sample& sample, double probability, std::vector<Design>& to)
{
    if (static_cast<int>(sample.network.stages.size()) == space.stages) {
        sample.complexity = complexity(sample.network);
        to.push_back({sample, probability});
        return;
    }
    const Table depths(space.depth), widths(space.width), ratios(space.bottleneckRatio), groups(space.groupWidth);
    for (const double d : depths.values())
        for (const double w : widths.values())
            for (const double b : ratios.values())
                for (const double g : groups.values()) {
                    const Fit fit = fitted(static_cast<int>(w), b, static_cast<int>(g));
                    sample.network.stages.push_back({static_cast<int>(d), fit.width, b, fit.groupWidth});
                    sample.drawnGroupWidths.push_back(static_cast<int>(g));
                    addStages(space, sample,
                              probability * depths.probability(d) * widths.probability(w) * ratios.probability(b) *
                                  groups.probability(g),
                              to);
                    sample.network.stages.pop_back();
                    sample.drawnGroupWidths.pop_back();
                }
}

void addRegNets(const Space& space, std::vector<Design>& to)
{
    const Table depths(space.depth), initial(space.initialWidth), slopes(space.slope), multipliers(space.multiplier),
        ratios(space.bottleneckRatio), groups(space.groupWidth);
    for (const double d : depths.values())
        for (const double w0 : initial.values())
            for (const double wa : slopes.values())
                for (const double wm : multipliers.values())
                    for (const double b : ratios.values())
                        for (const double g : groups.values()) {
                            const RegNetParameters p{static_cast<int>(d), static_cast<int>(w0), wa, wm, b,
                                                     static_cast<int>(g)};
                            Sample s{.network = regNet(p, space.prototype), .complexity = {}, .regNet = p};
                            if (regNetWidths(p).levels != space.stages ||
                                static_cast<int>(s.network.stages.size()) != space.stages)
                                continue;
                            s.drawnGroupWidths.assign(space.stages, p.groupWidth);
                            s.complexity = complexity(s.network);
                            to.push_back({s, depths.probability(d) * initial.probability(w0) * slopes.probability(wa) *
                                                 multipliers.probability(wm) * ratios.probability(b) *
                                                 groups.probability(g)});
                        }
}

std::vector<Design> designs(const Space& space)
{
    std::vector<Design> all;
    Sample sample{.network = space.prototype, .complexity = {}, .regNet = {}};
    if (space.family == Space::Family::regNet)
        addRegNets(space, all);
    else
        addStages(space, sample, 1, all);
    return all;
}

/// Cells that look at everything at once, so that a wrong joint distribution of right marginals is seen too.
double jointCell(const Sample& s)
{
    std::uint64_t hash = 0;
    for (const Stage& stage : s.network.stages)
        for (const int v : {stage.depth, stage.width, int(100 * stage.bottleneckRatio), stage.groupWidth})
            hash = Random(hash, v).bits();
    return static_cast<double>(hash % 48);
}

const char* const views[] = {"everything", "d1", "w2", "g3", "flops"};

Look look(const Sample& s)
{
    const std::vector<Stage>& stages = s.network.stages;
    return {jointCell(s), double(stages[0].depth), double(stages[1].width), double(stages[2].groupWidth),
            std::floor(8 * std::log2(double(s.complexity.flops)))};
}

/// What is looked at of a sample, and which of the constraints it fulfils, one bit each.
struct Judged {
    Look look;
    std::uint32_t fulfilled = 0;
    double probability = 1;
};

Judged judged(const Sample& sample, const std::vector<Constraint>& constraints, double probability = 1)
{
    Judged result{look(sample), 0, probability};
    for (std::size_t i = 0; i < constraints.size(); ++i)
        result.fulfilled |= fulfils(sample, constraints[i]) ? 1u << i : 0;
    return result;
}

/// The range of a count between its 30 % and 60 % quantile, as a constraint.
std::string middle(const std::vector<Design>& all, const std::string& parameter)
{
    std::map<double, double> mass;
    double total = 0, below = 0, low = 0, high = 0;
    for (const Design& d : all) {
        mass[*parameterValue(d.sample, parameter)] += d.probability;
        total += d.probability;
    }
    for (const auto& [value, p] : mass) {
        below += p / total;
        low = below < 0.3 ? value : low;
        high = below < 0.6 ? value : high;
    }
    return parameter + "=" + std::to_string(static_cast<long>(low)) + ":" + std::to_string(static_cast<long>(high));
}

/// Compares n draws of the space with what fulfils both constraints among the enumerated and the rejected ones.
void compare(const Space& narrow, std::uint32_t both, const std::vector<Judged>& all, const std::vector<Judged>& plain,
             int n, const std::string& name, Family& family)
{
    const auto fits = [&](const Judged& j) { return (j.fulfilled & both) == both; };
    double mass = 0;
    for (const Judged& j : all)
        mass += fits(j) ? j.probability : 0;
    if (mass == 0) {
        const Proposer proposer(narrow);
        Random random(1, 0);
        Sample sample;
        for (int i = 0; i < 20'000 && !proposer.empty(); ++i)
            ASSERT_FALSE(proposer.propose(random, sample)) << name;
        return;
    }
    std::vector<Look> drawn;
    for (const Sample& s : test::accepted(narrow, both, n))
        drawn.push_back(look(s));
    for (std::size_t v = 0; v < std::size(views); ++v) {
        test::Cells exact, byRejection;
        for (const Judged& j : all)
            if (fits(j))
                exact[j.look[v]].second += n * j.probability / mass;
        for (const Judged& j : plain)
            if (fits(j))
                ++byRejection[j.look[v]].second;
        for (const Look& l : drawn) {
            ++exact[l[v]].first;
            ++byRejection[l[v]].first;
        }
        family.add(name + ", " + views[v] + ", enumerated", test::goodnessOfFit(exact));
        family.add(name + ", " + views[v] + ", rejected", test::sameDistribution(byRejection));
    }
}

/// Each constraint and each pair of them.
void expectConditional(const Space& space, std::vector<std::string> texts, int n, int proposals)
{
    const std::vector<Design> all = designs(space);
    for (const char* parameter : {"flops", "params", "acts"})
        texts.push_back(middle(all, parameter));
    const std::vector<Constraint> constraints = with(Space(), texts).constraints;
    std::vector<Judged> enumerated, plain;
    for (const Design& d : all)
        enumerated.push_back(judged(d.sample, constraints, d.probability));
    for (const Sample& s : test::PlainRejection(space, 7).samples(proposals))
        plain.push_back(judged(s, constraints));
    Family family;
    for (std::size_t i = 0; i < constraints.size(); ++i)
        for (std::size_t j = i; j < constraints.size(); ++j)
            compare(with(space, {texts[i], texts[j]}), 1u << i | 1u << j, enumerated, plain, n,
                    texts[i] + " and " + texts[j], family);
    family.expectNoneDiffers();
}

} // namespace

TEST(Conditional, anyNetsOfEachConstraintAndPairAreDrawnAsEnumerated)
{
    expectConditional(smallAnyNet(),
                      {"shared b", "shared g", "increasing w", "constant w", "decreasing w", "increasing d",
                       "constant d", "decreasing d", "d=5:6", "d2=2:", "w=16:", "w3=:24", "b=2", "b1=1",
                       "g=8:", "g2=:8"},
                      3000, 60'000);
}

TEST(Conditional, regNetsOfEachConstraintAndPairAreDrawnAsEnumerated)
{
    expectConditional(smallRegNet(),
                      {"shared b", "shared g", "increasing d", "constant d", "decreasing d", "d=6:10",
                       "w_0=16:", "w_a=:24", "w_m=2:", "b=1", "g=16", "w_0=w_a", "d2=2:", "w3=:96"},
                      3000, 60'000);
}

TEST(Conditional, stagesAndLimitsTogetherAreDrawnAsEnumerated)
{
    const std::vector<Design> all = designs(smallAnyNet());
    const std::vector<std::string> limits{middle(all, "flops"), "params=:40k", "shared b", "increasing w"};
    Space narrow = with(smallAnyNet(), limits);
    std::vector<Judged> enumerated;
    for (const Design& d : all)
        enumerated.push_back(judged(d.sample, narrow.constraints, d.probability));
    Family family;
    compare(narrow, 15, enumerated, {}, 20'000, "all four", family);
    family.expectNoneDiffers();
}
