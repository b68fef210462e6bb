// The 24 networks whose complexity was measured with pycls (tests/data/complexity.json), as our values.
#pragma once
#include "core/network/complexity.h"
#include "core/network/regnet.h"
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <optional>

namespace spacewright::test {

struct ReferenceNetwork {
    std::string name;
    Network network;
    Complexity expected;
    std::optional<RegNetParameters> regNet;
    nlohmann::json json;
};

inline nlohmann::json readJson(const std::string& name)
{
    std::ifstream file(std::string(TEST_DATA) + "/" + name);
    EXPECT_TRUE(file) << name;
    return nlohmann::json::parse(file);
}

inline ReferenceNetwork reference(const nlohmann::json& j)
{
    ReferenceNetwork r{.name = j["name"], .network = {}, .expected = {}, .regNet = {}, .json = j};
    Network& n = r.network;
    const std::string block = j["block_type"];
    const bool effNet = block == "mbconv_se";
    n.block = effNet ? BlockType::mbconv : blockTypeFrom(block);
    n.stem = effNet ? StemType::simple : stemTypeFrom(j["stem_type"]);
    n.stemWidth = j["stem_w"];
    n.activation = activationFrom(j["activation"]);
    n.seRatio = j["se_r"];
    n.headWidth = j["head_w"];
    n.resolution = j["im_size"];
    const auto& depths = j["depths"];
    for (std::size_t i = 0; i < depths.size(); ++i) {
        Stage s{.depth = depths[i], .width = j["widths"][i], .stride = j["strides"][i]};
        if (effNet) { // the expansions and kernels of the EfficientNet paper's table 1
            s.bottleneckRatio = i == 0 ? 1 : 1.0 / 6;
            s.kernel = i == 2 || i == 4 || i == 5 ? 5 : 3;
        } else {
            s.bottleneckRatio = 1 / j["bot_muls"][i].get<double>();
            s.groupWidth = j["group_ws"][i];
        }
        n.stages.push_back(s);
    }
    const auto& c = j["complexity"];
    r.expected = {c["flops"], c["params"], c["acts"]};
    if (j.contains("regnet")) {
        const auto& p = j["regnet"];
        r.regNet = {p["depth"], p["w0"], p["wa"], p["wm"], 1 / p["bot_mul"].get<double>(), p["group_w"]};
    }
    return r;
}

inline std::vector<ReferenceNetwork> referenceNetworks()
{
    std::vector<ReferenceNetwork> all;
    const nlohmann::json file = readJson("complexity.json");
    for (const auto& j : file["models"])
        all.push_back(reference(j));
    return all;
}

} // namespace spacewright::test
