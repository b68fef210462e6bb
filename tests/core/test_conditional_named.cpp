// What is drawn has exactly the conditional distribution: named spaces against plain rejection and pycls' samples.
#include "tests/core/chi_square.h"
#include "tests/core/plain_rejection.h"
#include "tests/core/reference_networks.h"
#include <gtest/gtest.h>
#include <cstdio>

using namespace spacewright;
using test::Family;
using test::with;

TEST(Conditional, everyNamedSpaceIsDrawnAsByPlainRejection)
{
    Family all;
    std::printf("| space | tests | least p | with flops=200M:600M: tests | least p |\n|---|---|---|---|---|\n");
    for (const Space& space : namedSpaces()) {
        std::printf("| %s |", space.name.c_str());
        for (const char* limit : {"", "flops=200M:600M"}) {
            const Space narrow = *limit ? with(space, {limit}) : space;
            const std::vector<Sample> plain = test::PlainRejection(narrow, 11).samples(*limit ? 300 : 1000);
            const std::vector<Sample> drawn = test::accepted(narrow, 5, 3000);
            std::vector<std::string> parameters{"d", "flops", "params", "acts"};
            for (int i = 1; i <= space.stages; ++i)
                for (const char* name : {"d", "w", "b", "g"})
                    parameters.push_back(name + std::to_string(i));
            Family family;
            for (const std::string& parameter : parameters) {
                const auto p = test::sameDistribution(drawn, plain, parameter);
                family.add(parameter, p);
                all.add(narrow.name + " " + limit + " " + parameter, p);
            }
            std::printf(" %zu | %.4f |", family.size(), family.least());
        }
        std::printf("\n");
    }
    std::printf("Least p of all %zu tests: %.5f; after Holm: %.3f\n", all.size(), all.least(), all.leastAdjusted());
    all.expectNoneDiffers();
}

TEST(Conditional, acceptedNetworksAreDistributedAsPyclsDrawsThem)
{
    const std::map<std::string, std::string> names{
        {"depths", "d"}, {"widths", "w"}, {"bot_muls", "b"}, {"group_ws", "g"}};
    Family family;
    for (const auto& [space, file] :
         {std::pair("AnyNetX_A", "samples_anynetx_a.json"), std::pair("RegNetX-pycls", "samples_regnetx.json")}) {
        const nlohmann::json json = test::readJson(file);
        const std::vector<Sample> drawn = test::accepted(with(namedSpace(space), {"flops=360M:400M"}), 5, 5000);
        for (const auto& [key, marginal] : json["accepted_marginals"].items()) {
            if (!marginal.is_object() || !marginal.contains("hist"))
                continue;
            const std::string parameter = names.at(key.substr(0, key.find('['))); // "widths[0]" is w1
            const std::string ours = parameter + std::to_string(key[key.find('[') + 1] - '0' + 1);
            test::Cells cells;
            for (const auto& [value, count] : marginal["hist"].items())
                cells[parameter == "b" ? 1 / std::stod(value) : std::stod(value)].second += count.get<double>();
            for (const Sample& s : drawn)
                ++cells[parameterValue(s, ours).value()].first;
            family.add(std::string(space) + " " + ours, test::sameDistribution(cells));
        }
    }
    EXPECT_GE(family.size(), 24u);
    family.expectNoneDiffers();
}
