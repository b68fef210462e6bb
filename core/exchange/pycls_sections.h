// The sections of pycls' YAML that jobs and sweep setups have in common.
#pragma once
#include "core/network/network.h"
#include "core/study/recipe.h"
#include <yaml-cpp/yaml.h>

namespace spacewright::pycls {

template <class Value>
void entry(YAML::Emitter& out, const char* key, const Value& value)
{
    out << YAML::Key << key << YAML::Value << value;
}

/// The shortest digits that read back as the same number, with a point: YAML 1.1 takes 1 for an integer and 5e-05 for
/// text.
std::string real(double);
/// Throws Error for a block that pycls' anynet and regnet models do not have.
void checkBlock(const Network&);
/// What ANYNET and REGNET say of the parts that all stages share.
void common(YAML::Emitter&, const Network&);
/// OPTIM, TRAIN and TEST.
void training(YAML::Emitter&, const Network&, const Recipe&);

} // namespace spacewright::pycls
