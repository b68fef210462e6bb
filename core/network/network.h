// A network of the AnyNet family as a value: what every other part passes on.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace spacewright {

/// How a block is wired; the names are those of pycls, the authors' code (`mbconv` is EfficientNet's). `single` and
/// `residualSingle` are the V and VR blocks of the paper's appendix D: one 3x3, without and with a skip.
enum class BlockType { bottleneck, bottleneckLinear, basic, vanilla, mbconv, single, residualSingle };
/// `simple`: 3x3 stride 2; `residual`: 7x7 stride 2 and 3x3 max pool; `cifar`: 3x3 stride 1.
enum class StemType { simple, residual, cifar };
enum class Activation { relu, silu };

/// One stage: `depth` blocks of one shape, the first of which has the stride.
struct Stage {
    int depth = 1;              ///< blocks, >= 1
    int width = 8;              ///< output channels of every block
    double bottleneckRatio = 1; ///< b = width / width of the 3x3; for mbconv 1 / expansion of the block's input width
    int groupWidth = 8;         ///< channels per group of the 3x3
    int stride = 2;             ///< of the first block
    int kernel = 3;             ///< of the spatial convolution (5 occurs in EfficientNet only)

    bool operator==(const Stage&) const = default;
};

struct Network {
    StemType stem = StemType::simple;
    int stemWidth = 32;
    BlockType block = BlockType::bottleneck;
    Activation activation = Activation::relu;
    double seRatio = 0; ///< Squeeze-and-Excitation width / block input width; 0 is none
    std::vector<Stage> stages;
    int headWidth = 0; ///< width of a 1x1 convolution before the pooling; 0 is none
    int inputChannels = 3;
    int resolution = 224; ///< input height = width, pixels
    int classes = 1000;

    bool operator==(const Network&) const = default;
};

/// The parameters a RegNet's stages were generated from (Radosavovic et al. 2020, section 3.3).
struct RegNetParameters {
    int depth = 20;          ///< d, blocks in all
    int initialWidth = 24;   ///< w_0 > 0
    double slope = 36;       ///< w_a >= 0
    double multiplier = 2.5; ///< w_m > 1
    double bottleneckRatio = 1;
    int groupWidth = 8;

    bool operator==(const RegNetParameters&) const = default;
};

int totalDepth(const Network&);
/// Width of each block in order, for drawings and fits.
std::vector<int> widthPerBlock(const Network&);

/// Words for the enumerations, spelled as pycls spells them; the reverse throws Error naming what is allowed.
std::string toText(BlockType);
std::string toText(StemType);
std::string toText(Activation);
BlockType blockTypeFrom(const std::string&);
StemType stemTypeFrom(const std::string&);
Activation activationFrom(const std::string&);

/// Throws Error when a stage's width does not fit its bottleneck ratio and group width, or a value is out of range.
void check(const Network&);

} // namespace spacewright
