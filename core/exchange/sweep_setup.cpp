// pycls' sweep setup, out.
#include "core/exchange/sweep_setup.h"
#include "core/error.h"
#include "core/exchange/pycls_sections.h"
#include <algorithm>
#include <cmath>

namespace spacewright {
namespace {

using Kind = Distribution::Kind;
using pycls::entry;
using pycls::real;

const char* randType(Kind kind)
{
    switch (kind) {
    case Kind::uniform:
        return "uniform";
    case Kind::logUniform:
        return "log_uniform";
    case Kind::powersOfTwo:
        return "power2_uniform";
    case Kind::powerOfTwoOrLogUniform:
        break;
    }
    return "power2_or_log_uniform";
}

/// The distribution given that the value lies in the range, where that is one of the same kind.
bool narrow(Distribution& d, double low, double high)
{
    const Table table(d), inside = table.restricted(low, high);
    if (inside.empty())
        return false;
    Distribution narrower = d;
    narrower.low = inside.values().front();
    narrower.high = inside.values().back();
    const Table drawn(narrower);
    const auto alike = [](double a, double b) { return std::abs(a - b) < 1e-9; };
    if (!std::equal(drawn.values().begin(), drawn.values().end(), inside.values().begin(), inside.values().end()) ||
        !std::equal(drawn.probabilities().begin(), drawn.probabilities().end(), inside.probabilities().begin(),
                    inside.probabilities().end(), alike))
        return false;
    d = narrower;
    return true;
}

/// pycls' multipliers are 1 / b.
Distribution multipliers(const Distribution& b)
{
    return {b.kind, 1 / b.high, 1 / b.low, 1 / b.high};
}

class Writer {
public:
    Writer(const Space& space, const Recipe& recipe) : m_space(space), m_recipe(recipe)
    {
        if (!m_space.networks.empty())
            throw Error(space.name + " is a list of networks, from which pycls cannot draw. Export them as jobs.");
        pycls::checkBlock(space.prototype);
        for (const Constraint& constraint : m_space.constraints)
            if (!takeIn(constraint))
                m_leftOut.push_back(toText(constraint));
    }

    SweepSetup written(std::int64_t models, std::uint64_t seed)
    {
        for (const std::string& text : m_leftOut)
            m_out << YAML::Comment("pycls cannot draw \"" + text + "\": its networks are of a wider space")
                  << YAML::Newline;
        m_out << YAML::BeginMap;
        entry(m_out, "DESC", m_space.name);
        entry(m_out, "NAME", fileName());
        entry(m_out, "ROOT_DIR", "sweeps/");
        begin("SETUP");
        entry(m_out, "NUM_CONFIGS", models);
        entry(m_out, "NUM_SAMPLES", 1000000);
        entry(m_out, "RNG_SEED", seed % 1000000);
        samplers();
        constraints();
        baseConfiguration();
        m_out << YAML::EndMap;
        begin("ANALYZE");
        m_out << YAML::Key << "METRICS" << YAML::Value << YAML::Flow
              << (isRegNet()
                      ? std::vector<std::string>{"regnet_depth", "regnet_w0", "regnet_wa", "regnet_wm", "regnet_gw"}
                      : std::vector<std::string>{"anynet_d", "anynet_w", "anynet_g", "anynet_b"});
        m_out << YAML::EndMap << YAML::EndMap;
        return {std::string(m_out.c_str()) + "\n", m_leftOut};
    }

private:
    bool isRegNet() const { return m_space.family == Space::Family::regNet; }

    std::string fileName() const
    {
        std::string name = m_space.name;
        std::replace_if(
            name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c) && c != '-' && c != '_'; }, '_');
        return name;
    }

    /// Whether the setup says what the constraint does.
    bool takeIn(const Constraint& c)
    {
        if (c.kind == Constraint::Kind::shared) {
            (c.parameter == "b" ? m_sharedRatio : m_sharedGroup) = true;
            const Kind kind = (c.parameter == "b" ? m_space.bottleneckRatio : m_space.groupWidth).kind;
            return isRegNet() || kind == Kind::uniform || kind == Kind::powersOfTwo;
        }
        if (c.kind != Constraint::Kind::range)
            return false;
        for (const auto& [name, range] :
             {std::pair("flops", &m_flops), {"params", &m_params}, {"acts", &m_activations}})
            if (c.parameter == name) {
                range->first = std::max(range->first, c.low);
                range->second = std::min(range->second, c.high);
                return c.low != 0 && c.high > 0; // 0 is no limit there
            }
        if (c.parameter == "b")
            return narrow(m_space.bottleneckRatio, c.low, c.high);
        for (const auto& [name, value] : {std::pair("d", &Space::depth),
                                          {"w_0", &Space::initialWidth},
                                          {"w_a", &Space::slope},
                                          {"w_m", &Space::multiplier}})
            if (isRegNet() && c.parameter == name)
                return narrow(m_space.*value, c.low, c.high);
        for (const auto& [name, range] : {std::pair("rate", &m_space.rate), {"weight_decay", &m_space.weightDecay}})
            if (c.parameter == name && *range) {
                *range = RecipeRange{std::max((*range)->low, c.low), std::min((*range)->high, c.high)};
                return true;
            }
        return false;
    }

    void begin(const std::string& section) { m_out << YAML::Key << section << YAML::Value << YAML::BeginMap; }

    void distribution(const Distribution& d, bool whole)
    {
        entry(m_out, "TYPE", whole ? "int_sampler" : "float_sampler");
        entry(m_out, "RAND_TYPE", randType(d.kind));
        const auto number = [&](double v) { return whole ? std::to_string(static_cast<std::int64_t>(v)) : real(v); };
        m_out << YAML::Key << "RANGE" << YAML::Value << YAML::Flow << YAML::BeginSeq << number(d.low) << number(d.high)
              << YAML::EndSeq;
        entry(m_out, "QUANTIZE", number(d.quantum));
    }

    void scalar(const std::string& name, const Distribution& d, bool whole)
    {
        begin(name);
        distribution(d, whole);
        m_out << YAML::EndMap;
    }

    /// One value for each stage, or one list of equal values where they are shared.
    void list(const std::string& name, const Distribution& d, bool whole, bool shared)
    {
        begin(name);
        if (shared) {
            entry(m_out, "TYPE", "value_sampler");
            m_out << YAML::Key << "VALUES" << YAML::Value << YAML::BeginSeq;
            const Table table(d);
            for (const double v : table.values()) {
                m_out << YAML::Flow << YAML::BeginSeq;
                for (int i = 0; i < m_space.stages; ++i)
                    m_out << (whole ? std::to_string(static_cast<std::int64_t>(v)) : real(v));
                m_out << YAML::EndSeq;
            }
            m_out << YAML::EndSeq;
        } else {
            entry(m_out, "TYPE", "list_sampler");
            entry(m_out, "LENGTH", m_space.stages);
            scalar("ITEM_SAMPLER", d, whole);
        }
        m_out << YAML::EndMap;
    }

    void samplers()
    {
        begin("SAMPLERS");
        if (isRegNet()) {
            scalar("REGNET.DEPTH", m_space.depth, true);
            scalar("REGNET.W0", m_space.initialWidth, true);
            scalar("REGNET.WA", m_space.slope, false);
            scalar("REGNET.WM", m_space.multiplier, false);
            scalar("REGNET.GROUP_W", m_space.groupWidth, true);
            scalar("REGNET.BOT_MUL", multipliers(m_space.bottleneckRatio), false);
        } else {
            list("ANYNET.DEPTHS", m_space.depth, true, false);
            list("ANYNET.WIDTHS", m_space.width, true, false);
            list("ANYNET.BOT_MULS", multipliers(m_space.bottleneckRatio), false, m_sharedRatio);
            list("ANYNET.GROUP_WS", m_space.groupWidth, true, m_sharedGroup);
        }
        for (const auto& [name, range] :
             {std::pair("OPTIM.BASE_LR", m_space.rate), {"OPTIM.WEIGHT_DECAY", m_space.weightDecay}})
            if (range)
                scalar(name, {Kind::logUniform, range->low, range->high, 1e-10}, false);
        m_out << YAML::EndMap;
    }

    void constraints()
    {
        begin("CONSTRAINTS");
        begin("CX");
        for (const auto& [name, range] : {std::pair("FLOPS", m_flops), {"PARAMS", m_params}, {"ACTS", m_activations}}) {
            m_out << YAML::Key << name << YAML::Value << YAML::Flow << YAML::BeginSeq;
            for (const double end : {range.first, range.second})
                m_out << real(std::isfinite(end) ? end : 0);
            m_out << YAML::EndSeq;
        }
        m_out << YAML::EndMap;
        if (isRegNet()) {
            begin("REGNET");
            m_out << YAML::Key << "NUM_STAGES" << YAML::Value << YAML::Flow
                  << std::vector<int>{m_space.fewestStages.value_or(m_space.stages), m_space.stages} << YAML::EndMap;
        }
        m_out << YAML::EndMap;
    }

    void baseConfiguration()
    {
        const Network& n = m_space.prototype;
        begin("BASE_CFG");
        begin("MODEL");
        entry(m_out, "TYPE", isRegNet() ? "regnet" : "anynet");
        entry(m_out, "NUM_CLASSES", n.classes);
        entry(m_out, "ACTIVATION_FUN", toText(n.activation));
        m_out << YAML::EndMap;
        begin(isRegNet() ? "REGNET" : "ANYNET");
        pycls::common(m_out, n);
        if (isRegNet())
            entry(m_out, "STRIDE", m_space.stride);
        else
            m_out << YAML::Key << "STRIDES" << YAML::Value << YAML::Flow
                  << std::vector<int>(static_cast<std::size_t>(m_space.stages), m_space.stride);
        m_out << YAML::EndMap;
        pycls::training(m_out, n, m_recipe);
        m_out << YAML::EndMap;
    }

    Space m_space; ///< its ranges narrowed by the constraints
    const Recipe& m_recipe;
    std::vector<std::string> m_leftOut;
    bool m_sharedRatio = false, m_sharedGroup = false;
    using Range = std::pair<double, double>;
    Range m_flops{-INFINITY, INFINITY}, m_params = m_flops, m_activations = m_flops;
    YAML::Emitter m_out;
};

} // namespace

SweepSetup toSweepSetup(const Space& space, const Recipe& recipe, std::int64_t models, std::uint64_t seed)
{
    return Writer(space, recipe).written(models, seed);
}

} // namespace spacewright
