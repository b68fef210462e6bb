// The field's terms in words.
#include "app/gui/terms.h"

#include "core/figures/quantity.h"

#include <QCoreApplication>
#include <QHash>

namespace spacewright {

namespace {

struct Term {
    const char* title; ///< empty: core/figures/quantity.h has it
    const char* explanation;
};

const QHash<QString, Term>& terms()
{
    static const QHash<QString, Term> table{
        {"d", {"", "Depth: the number of blocks of a network, over all its stages."}},
        {"w", {"", "Width: the number of channels that a block puts out. Blocks of a stage share it."}},
        {"b", {"", "Bottleneck ratio: a block's width divided by the width of its 3x3 convolution."}},
        {"g", {"", "Group width: channels per group of the 3x3 convolution; 1 is depthwise."}},
        {"w_0", {"", "RegNet: the width at which the linear function of widths starts."}},
        {"w_a", {"", "RegNet: by how much the linear width grows from block to block."}},
        {"w_m", {"", "RegNet: the factor between the widths of neighbouring stages."}},
        {"flops", {"", "Flops: multiply-adds for one image, as the paper counts them."}},
        {"params", {"", "Parameters: trainable numbers of the network, batch norm included."}},
        {"acts", {"", "Activations: elements put out by all convolutions; they predict run time well."}},
        {"rate", {"", "Learning rate at the start of the cosine, drawn log-uniformly with the network."}},
        {"weight_decay", {"", "Weight decay of SGD, drawn log-uniformly with the network."}},
        {"seconds", {"", "How long the training of the network took."}},
        {"images_per_second", {"", "Training images that the network took in a second."}},
        {"error", {"", "Validation error of a trained network in percent. Lower is better."}},
        {"edf",
         {"", "Error empirical distribution function (EDF): the share of a space's models whose error lies below a "
              "value. A curve further left is a better space."}},
        {"dkw",
         {"95 % band", "Where the EDF of the whole space lies with 95 % certainty (Dvoretzky, Kiefer, Wolfowitz)."}},
        {"band",
         {"95 % of best",
          "Empirical bootstrap: a quarter of the models is drawn again and again; the blue band holds 95 % of "
          "the best models' values, the black line is their median."}},
        {"min", {"min (%)", "The lowest error of the space's models."}},
        {"mean", {"mean (%)", "The mean error of the space's models: the area above its EDF."}},
        {"constraint", {"constraint", "What would narrow the space."}},
        {"reuse", {"models", "Trained models that fulfil the constraint: a population of the narrower space already."}},
        {"dimensions", {"dimensions less", "By how many free dimensions the space would be smaller (paper, table 1)."}},
        {"difference",
         {"mean against the rest",
          "Mean error of the models that fulfil the constraint less that of the others, in points of percent, with its "
          "95 % bootstrap interval."}},
        {"advice",
         {"verdict",
          "Better or worse: decided after Holm's correction for all constraints asked about; otherwise not decided."}},
        {"n", {"n", "Models with a result, of those drawn. Diverged models count at chance level."}},
        {"acceptance", {"acceptance", "The share of networks drawn from the space that fulfil its constraints."}},
        {"size", {"size", "The number of designs in the space by the paper's count."}},
        {"time", {"time", "What is still to be trained, at the mean training time of the study's models so far."}},
        {"space", {"space", "A design space: a population of networks given by ranges and constraints."}},
        {"state", {"state", "Waiting, running, finished, diverged (a result at chance level) or failed (no result)."}},
        {"#", {"#", "The model's number in the study."}},
        {"shared b", {"shared bottleneck", "All stages have the same bottleneck ratio: b_i = b (AnyNetX_B)."}},
        {"shared g", {"shared groups", "All stages have the same group width: g_i = g (AnyNetX_C)."}},
        {"increasing w", {"increasing widths", "No stage is narrower than the one before: w_i+1 >= w_i (AnyNetX_D)."}},
        {"increasing d", {"increasing depths", "No stage is shorter than the one before: d_i+1 >= d_i (AnyNetX_E)."}},
    };
    return table;
}

/// "w4" -> ("w", 4); the stage is 0 for names of the whole network.
std::pair<QString, int> split(const QString& name)
{
    if (name.size() >= 2 && QStringLiteral("dwbg").contains(name[0]) && name[1].isDigit())
        return {name.left(1), name.mid(1).toInt()};
    return {name, 0};
}

} // namespace

QString termTitle(const QString& name)
{
    const auto found = terms().find(name);
    if (found != terms().end() && *found->title)
        return QCoreApplication::translate("terms", found->title);
    return QString::fromStdString(titleOf(quantityOf(name.toStdString())));
}

QString explain(const QString& name)
{
    const auto [base, stage] = split(name);
    const auto found = terms().find(base);
    if (found == terms().end())
        return {};
    if (base == "d" && stage)
        return QCoreApplication::translate("terms", "Depth of stage %1: its number of blocks.").arg(stage);
    return QCoreApplication::translate("terms", found->explanation);
}

bool isComplexity(const QString& name)
{
    return quantityOf(name.toStdString()).isCount;
}

} // namespace spacewright
