// pycls' sweep setup, in.
#include "core/error.h"
#include "core/exchange/json_fields.h"
#include "core/exchange/pycls_yaml.h"
#include "core/exchange/sweep_setup.h"
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

using nlohmann::json;
using Kind = Distribution::Kind;

json section(const json& j, const char* name)
{
    return j.is_object() && j.contains(name) && j[name].is_object() ? j[name] : json::object();
}

Kind kindFrom(const std::string& word, const std::string& of)
{
    for (const auto& [name, kind] : {std::pair("uniform", Kind::uniform),
                                     {"log_uniform", Kind::logUniform},
                                     {"power2_uniform", Kind::powersOfTwo},
                                     {"power2_or_log_uniform", Kind::powerOfTwoOrLogUniform}})
        if (word == name)
            return kind;
    throw Error("The sampler of " + of + " draws \"" + word +
                "\", which no space here does; known are uniform, log_uniform, power2_uniform and "
                "power2_or_log_uniform.");
}

std::pair<double, double> rangeIn(const json& j, const std::string& name, const std::string& of)
{
    const auto range = field<std::vector<double>>(j, name);
    if (range.size() != 2)
        throw Error("\"" + name + "\" of " + of + " must have two ends.");
    return {range[0], range[1]};
}

class Reader {
public:
    explicit Reader(const json& file) : m_setup(section(file, "SETUP")), m_base(section(m_setup, "BASE_CFG"))
    {
        const auto type = field(section(m_base, "MODEL"), "TYPE", std::string());
        if (type != "regnet" && type != "anynet")
            throw Error("The sweep setup's BASE_CFG.MODEL.TYPE is \"" + type + "\"; spaces are anynet or regnet.");
        m_isRegNet = type == "regnet";
        m_space = namedSpace(m_isRegNet ? "RegNetX-pycls" : "AnyNetX_A");
        m_space.name = field(file, "NAME", std::string("sweep"));
        m_space.name = m_space.name.substr(m_space.name.rfind('/') + 1);
    }

    Space read()
    {
        readBase();
        const json samplers = section(m_setup, "SAMPLERS");
        for (const auto& [name, sampler] : samplers.items())
            readSampler(name, sampler);
        if (!m_wanted.empty())
            throw Error("The sweep setup does not say how " + m_wanted.front() + " is drawn.");
        readConstraints();
        check(m_space);
        return m_space;
    }

private:
    /// What all networks have in common: a job of the base configuration with a stage that stands for any.
    void readBase()
    {
        const char* own = m_isRegNet ? "REGNET" : "ANYNET";
        json job = m_base, any = section(m_base, own);
        any.update(json{{"DEPTHS", {1}}, {"WIDTHS", {8}}, {"STRIDES", {2}}, {"BOT_MULS", {1.0}}, {"GROUP_WS", {8}}});
        job["MODEL"]["TYPE"] = "anynet";
        job["ANYNET"] = any;
        m_space.prototype = sampleFromPyclsJob(job).network;
        m_space.prototype.stages.clear();
        m_space.stride = field(any, "STRIDE", 2);
        if (m_isRegNet)
            return readFixed(section(m_base, own));
        m_wanted = {"ANYNET.DEPTHS", "ANYNET.WIDTHS"};
        const auto strides = field(section(m_base, own), "STRIDES", std::vector<int>());
        for (const int stride : strides)
            if (stride != strides[0])
                throw Error("The sweep setup has stages of several strides, which a space here does not.");
        if (!strides.empty()) {
            m_space.stride = strides[0];
            m_space.stages = static_cast<int>(strides.size());
        }
        m_space.bottleneckRatio = {Kind::powersOfTwo, 1, 1, 1}; // pycls' own values where none are drawn
        m_space.groupWidth = {Kind::powersOfTwo, 1, 1, 1};
    }

    /// pycls' own values, or the base configuration's, where none are drawn.
    void readFixed(const json& base)
    {
        const auto fixed = [](double value, double quantum) {
            return Distribution{Kind::uniform, value, value, quantum};
        };
        m_space.depth = fixed(field(base, "DEPTH", 10.0), 1);
        m_space.initialWidth = fixed(field(base, "W0", 32.0), 8);
        m_space.slope = fixed(field(base, "WA", 5.0), 0.1);
        m_space.multiplier = fixed(field(base, "WM", 2.5), 0.001);
        m_space.groupWidth = fixed(field(base, "GROUP_W", 16.0), 1);
        m_space.bottleneckRatio = fixed(1 / field(base, "BOT_MUL", 1.0), 1.0 / 128);
    }

    /// The whole of REGNET by one sampler, whose kinds and quanta are fixed.
    void readRegNetSampler(const json& sampler)
    {
        const auto read = [&](const char* name, Distribution Space::*parameter, Distribution otherwise) {
            if (sampler.contains(name))
                std::tie(otherwise.low, otherwise.high) = rangeIn(sampler, name, "REGNET");
            m_space.*parameter = otherwise;
        };
        const Space& standard = namedSpace("RegNetX-pycls");
        read("DEPTH", &Space::depth, standard.depth);
        read("W0", &Space::initialWidth, standard.initialWidth);
        read("WA", &Space::slope, standard.slope);
        read("WM", &Space::multiplier, standard.multiplier);
        read("GROUP_W", &Space::groupWidth, standard.groupWidth);
        read("BOT_MUL", &Space::bottleneckRatio, standard.bottleneckRatio);
        invert(m_space.bottleneckRatio);
    }

    /// Multipliers to bottleneck ratios; of powers of two the quantum says nothing.
    static void invert(Distribution& d) { d = {d.kind, 1 / d.high, 1 / d.low, 1}; }

    Distribution distributionIn(const json& sampler, const std::string& of) const
    {
        const auto type = field(sampler, "TYPE", std::string());
        if (type != "int_sampler" && type != "float_sampler")
            throw Error("The sampler of " + of + " is a \"" + type + "\", which no space here draws by.");
        Distribution d;
        d.kind = kindFrom(field(sampler, "RAND_TYPE", std::string("uniform")), of);
        std::tie(d.low, d.high) = rangeIn(sampler, "RANGE", of);
        d.quantum = field(sampler, "QUANTIZE", type == "int_sampler" ? 1.0 : 1e-5);
        return d;
    }

    /// Lists of equal values: a parameter that all stages share.
    Distribution sharedIn(const json& sampler, const std::string& of)
    {
        std::vector<double> values;
        for (const json& one : sampler.value("VALUES", json::array())) {
            const bool equal = one.is_array() && !one.empty() && one[0].is_number() &&
                               std::all_of(one.begin(), one.end(), [&](const json& v) { return v == one[0]; });
            if (!equal)
                throw Error("The values of " + of + " are no lists of one value for all stages.");
            m_space.stages = static_cast<int>(one.size());
            values.push_back(one[0].get<double>());
        }
        std::sort(values.begin(), values.end());
        for (std::size_t i = 1; i < values.size(); ++i)
            if (values[i] != 2 * values[i - 1])
                throw Error("The values of " + of + " are no powers of two in a row.");
        if (values.empty())
            throw Error("The sampler of " + of + " has no values.");
        m_space.constraints.push_back({Constraint::Kind::shared, of == "ANYNET.BOT_MULS" ? "b" : "g"});
        return {Kind::powersOfTwo, values.front(), values.back(), 1};
    }

    void readSampler(const std::string& name, const json& sampler)
    {
        const auto type = field(sampler, "TYPE", std::string());
        if (name == "REGNET" && type == "regnet_sampler")
            return readRegNetSampler(sampler);
        for (const auto& [recipe, range] :
             {std::pair("OPTIM.BASE_LR", &Space::rate), {"OPTIM.WEIGHT_DECAY", &Space::weightDecay}})
            if (name == recipe) {
                const Distribution d = distributionIn(sampler, name);
                if (d.kind != Kind::logUniform)
                    throw Error(name + " must be drawn log_uniform.");
                m_space.*range = RecipeRange{d.low, d.high};
                return;
            }
        for (const auto& [known, parameter] : m_isRegNet ? regNetSamplers : anyNetSamplers) {
            if (name != std::string(m_isRegNet ? "REGNET." : "ANYNET.") + known)
                continue;
            m_space.*parameter = m_isRegNet                ? distributionIn(sampler, name)
                                 : type == "value_sampler" ? sharedIn(sampler, name)
                                                           : listIn(sampler, name);
            if (parameter == &Space::bottleneckRatio)
                invert(m_space.*parameter);
            std::erase(m_wanted, name);
            return;
        }
        throw Error("The sweep setup draws " + name + ", which no space here does.");
    }

    Distribution listIn(const json& sampler, const std::string& name)
    {
        m_space.stages = field<int>(sampler, "LENGTH");
        return distributionIn(section(sampler, "ITEM_SAMPLER"), name);
    }

    void readConstraints()
    {
        const json constraints = section(m_setup, "CONSTRAINTS"), counts = section(constraints, "CX");
        for (const auto& [name, parameter] : {std::pair("FLOPS", "flops"), {"PARAMS", "params"}, {"ACTS", "acts"}}) {
            if (!counts.contains(name))
                continue;
            Constraint limit{.kind = Constraint::Kind::range, .parameter = parameter};
            const auto [low, high] = rangeIn(counts, name, "CX");
            if (low != 0)
                limit.low = low;
            if (high != 0)
                limit.high = high;
            if (low != 0 || high != 0)
                m_space.constraints.push_back(limit);
        }
        const json regNets = section(constraints, "REGNET");
        if (!m_isRegNet || !regNets.contains("NUM_STAGES"))
            return;
        const auto numbers = field<std::vector<int>>(regNets, "NUM_STAGES");
        if (numbers.size() != 2 || numbers[0] > numbers[1])
            throw Error("\"NUM_STAGES\" of REGNET must have two ends, such as [4, 4].");
        m_space.stages = numbers[1];
        if (numbers[0] != numbers[1])
            m_space.fewestStages = numbers[0];
    }

    using Samplers = std::vector<std::pair<const char*, Distribution Space::*>>;
    static const Samplers regNetSamplers, anyNetSamplers;

    const json m_setup, m_base;
    bool m_isRegNet = false;
    std::vector<std::string> m_wanted; ///< samplers without which there is no space
    Space m_space;
};

const Reader::Samplers Reader::regNetSamplers{{"DEPTH", &Space::depth},        {"W0", &Space::initialWidth},
                                              {"WA", &Space::slope},           {"WM", &Space::multiplier},
                                              {"GROUP_W", &Space::groupWidth}, {"BOT_MUL", &Space::bottleneckRatio}};
const Reader::Samplers Reader::anyNetSamplers{{"DEPTHS", &Space::depth},
                                              {"WIDTHS", &Space::width},
                                              {"BOT_MULS", &Space::bottleneckRatio},
                                              {"GROUP_WS", &Space::groupWidth}};

} // namespace

Space spaceFromSweepSetup(const json& setup)
{
    return Reader(setup).read();
}

} // namespace spacewright
