// Puts the Python file together: only the classes that this network has.
#include "core/exchange/pytorch_code.h"
#include "core/network/wiring.h"
#include <nlohmann/json.hpp>

namespace spacewright {

namespace {

constexpr const char* squeezeExcite = R"(

class SqueezeExcite(nn.Module):
    """Scales every channel by a factor that two small layers compute from the channels' means."""

    def __init__(self, width, squeezed):
        super().__init__()
        self.avg_pool = nn.AdaptiveAvgPool2d(1)
        self.f_ex = nn.Sequential(nn.Conv2d(width, squeezed, 1), ACTIVATION(), nn.Conv2d(squeezed, width, 1), nn.Sigmoid())

    def forward(self, x):
        return x * self.f_ex(self.avg_pool(x))
)";

constexpr const char* bottleneck = R"(

def transform(inputs, stage, stride):
    """1x1, 3x3 in groups, 1x1."""
    inner = stage["inner"]
    layers = OrderedDict(a=conv(inputs, inner), a_bn=norm(inner), a_af=ACTIVATION())
    layers.update(b=conv(inner, inner, stage["kernel"], stride, stage["groups"]), b_bn=norm(inner), b_af=ACTIVATION())
    if round(inputs * SE_RATIO) > 0:
        layers.update(se=SqueezeExcite(inner, round(inputs * SE_RATIO)))
    layers.update(c=conv(inner, stage["width"]), c_bn=norm(stage["width"]))
    return nn.Sequential(layers)
)";

constexpr const char* twoConvolutions = R"(

def transform(inputs, stage, stride):
    """3x3, 3x3."""
    width, kernel = stage["width"], stage["kernel"]
    layers = OrderedDict(a=conv(inputs, width, kernel, stride), a_bn=norm(width), a_af=ACTIVATION())
    layers.update(b=conv(width, width, kernel), b_bn=norm(width))
    return nn.Sequential(layers)
)";

constexpr const char* oneConvolution = R"(

def transform(inputs, stage, stride):
    """One 3x3."""
    width = stage["width"]
    return nn.Sequential(OrderedDict(a=conv(inputs, width, stage["kernel"], stride), a_bn=norm(width)))
)";

constexpr const char* residual = R"(

class Block(nn.Module):
    """Activation(x + f(x)); x goes through a 1x1 where the shape changes."""

    def __init__(self, inputs, stage, stride):
        super().__init__()
        width = stage["width"]
        self.changes = inputs != width or stride != 1
        if self.changes:
            self.proj = conv(inputs, width, 1, stride)
            self.bn = norm(width)
        self.f = transform(inputs, stage, stride)
        self.af = ACTIVATION()

    def forward(self, x):
        skip = self.bn(self.proj(x)) if self.changes else x
        return self.af(skip + self.f(x))
)";

constexpr const char* linear = R"(

class Block(nn.Module):
    """x + f(x) where the shape stays, f(x) where it changes."""

    def __init__(self, inputs, stage, stride):
        super().__init__()
        self.changes = inputs != stage["width"] or stride != 1
        self.f = transform(inputs, stage, stride)

    def forward(self, x):
        return self.f(x) if self.changes else x + self.f(x)
)";

constexpr const char* plain = R"(

def Block(inputs, stage, stride):
    layers = transform(inputs, stage, stride)
    layers.add_module("b_af" if hasattr(layers, "b") else "a_af", ACTIVATION())
    return layers
)";

constexpr const char* inverted = R"(

class Block(nn.Module):
    """Expansion by 1x1, depthwise convolution, 1x1; x is added where the shape stays."""

    def __init__(self, inputs, stage, stride):
        super().__init__()
        expanded = int(inputs / stage["ratio"] + 1e-9)
        layers = OrderedDict()
        if expanded != inputs:
            layers.update(exp=conv(inputs, expanded), exp_bn=norm(expanded), exp_af=ACTIVATION())
        layers.update(dwise=conv(expanded, expanded, stage["kernel"], stride, expanded))
        layers.update(dwise_bn=norm(expanded), dwise_af=ACTIVATION())
        if int(inputs * SE_RATIO) > 0:
            layers.update(se=SqueezeExcite(expanded, int(inputs * SE_RATIO)))
        layers.update(lin_proj=conv(expanded, stage["width"]), lin_proj_bn=norm(stage["width"]))
        self.order = list(layers)
        for name, layer in layers.items():
            self.add_module(name, layer)
        self.changes = inputs != stage["width"] or stride != 1

    def forward(self, x):
        f = x
        for name in self.order:
            f = getattr(self, name)(f)
        return f if self.changes else x + f
)";

constexpr const char* network = R"(

class Network(nn.Module):
    """Stem, stages, head: batch x CHANNELS x SIZE x SIZE to batch x CLASSES."""

    def __init__(self):
        super().__init__()
        kernel, stride = STEM
        stem = OrderedDict(conv=conv(CHANNELS, STEM_WIDTH, kernel, stride), bn=norm(STEM_WIDTH), af=ACTIVATION())
        if kernel == 7:
            stem.update(pool=nn.MaxPool2d(3, 2, 1))
        self.stem = nn.Sequential(stem)
        self.stages = []
        width = STEM_WIDTH
        for number, stage in enumerate(STAGES, 1):
            blocks = OrderedDict()
            for i in range(stage["depth"]):
                blocks[f"b{i + 1}"] = Block(width, stage, stage["stride"] if i == 0 else 1)
                width = stage["width"]
            self.add_module(f"s{number}", nn.Sequential(blocks))
            self.stages.append(f"s{number}")
        head = OrderedDict()
        if HEAD_WIDTH > 0:
            head.update({"conv": conv(width, HEAD_WIDTH), HEAD_NORM: norm(HEAD_WIDTH), "af": ACTIVATION()})
            width = HEAD_WIDTH
        head.update(avg_pool=nn.AdaptiveAvgPool2d(1), flatten=nn.Flatten(), fc=nn.Linear(width, CLASSES))
        self.head = nn.Sequential(head)

    def forward(self, images):
        x = self.stem(images)
        for name in self.stages:
            x = getattr(self, name)(x)
        return self.head(x)
)";

std::string stages(const Network& n)
{
    std::string text = "STAGES = [\n";
    for (const Stage& s : n.stages) {
        const int inner = wiring::bottleneckWidth(s);
        const bool grouped = n.block == BlockType::bottleneck || n.block == BlockType::bottleneckLinear;
        text += "    dict(depth=" + std::to_string(s.depth) + ", width=" + std::to_string(s.width);
        if (grouped)
            text += ", inner=" + std::to_string(inner) + ", groups=" + std::to_string(inner / s.groupWidth);
        if (n.block == BlockType::mbconv)
            text += ", ratio=" + nlohmann::json(s.bottleneckRatio).dump();
        text += ", stride=" + std::to_string(s.stride) + ", kernel=" + std::to_string(s.kernel) + "),\n";
    }
    return text + "]\n";
}

std::string block(const Network& n)
{
    switch (n.block) {
    case BlockType::bottleneck:
        return std::string(bottleneck) + residual;
    case BlockType::bottleneckLinear:
        return std::string(bottleneck) + linear;
    case BlockType::basic:
        return std::string(twoConvolutions) + residual;
    case BlockType::vanilla:
        return std::string(twoConvolutions) + plain;
    case BlockType::single:
        return std::string(oneConvolution) + plain;
    case BlockType::residualSingle:
        return std::string(oneConvolution) + residual;
    case BlockType::mbconv:
        return inverted;
    }
    return {};
}

} // namespace

std::string toPyTorchCode(const ExportedModel& model)
{
    const Network& n = model.sample.network;
    std::string text = pythonHeader(model, "", "");
    const bool large = n.stem == StemType::residual;
    text += std::string("ACTIVATION = nn.") + (n.activation == Activation::silu ? "SiLU" : "ReLU") + "\n";
    text += "SE_RATIO = " + nlohmann::json(n.seRatio).dump() + "\n";
    text += "STEM = " +
            std::string(large                       ? "(7, 2)"
                        : n.stem == StemType::cifar ? "(3, 1)"
                                                    : "(3, 2)") +
            "  # kernel, stride\n";
    text += "STEM_WIDTH, HEAD_WIDTH = " + std::to_string(n.stemWidth) + ", " + std::to_string(n.headWidth) + "\n";
    text += "HEAD_NORM = \"" + std::string(n.block == BlockType::mbconv ? "conv_bn" : "bn") + "\"\n";
    text += stages(n);
    text +=
        "\n\ndef conv(inputs, outputs, kernel=1, stride=1, groups=1):\n    return nn.Conv2d(inputs, outputs, kernel, "
        "stride, (kernel - 1) // 2, groups=groups, bias=" +
        std::string(model.folded ? "True" : "False") + ")\n";
    text += model.folded ? "\n\ndef norm(width):\n    return nn.Identity()  # folded into the convolutions\n"
                         : "\n\ndef norm(width):\n    return nn.BatchNorm2d(width)\n";
    if (n.seRatio > 0)
        text += squeezeExcite;
    return text + block(n) + network + pythonFooter("");
}

} // namespace spacewright
