// Gathers the layer list into rows.
#include "core/network/layer_table.h"
#include <numeric>

namespace spacewright {

namespace {

/// A global pool is never alone: what weighs its channels, or the classifier, goes with it.
bool opensRow(const Layer& layer, const std::vector<LayerRow>& rows)
{
    if (layer.op == Op::maxPool || layer.op == Op::globalPool)
        return true;
    const bool pooled = !rows.empty() && rows.back().layer.op == Op::globalPool &&
                        (rows.back().then.empty() || rows.back().then.back() != Op::scale);
    return !pooled && layer.op == Op::conv;
}

} // namespace

std::vector<LayerRow> layerTable(const Network& network)
{
    const std::vector<Layer> list = layers(network);
    std::vector<LayerRow> rows;
    for (int i = 1; i < static_cast<int>(list.size()); ++i) {
        const Layer& layer = list[i];
        if (opensRow(layer, rows))
            rows.push_back({.layer = layer, .first = i});
        else
            rows.back().then.push_back(layer.op);
        LayerRow& row = rows.back();
        row.last = i;
        row.outWidth = layer.outWidth;
        row.outSize = layer.outSize;
        const Complexity more = complexity(layer);
        row.complexity.flops += more.flops;
        row.complexity.params += more.params;
        row.complexity.activations += more.activations;
    }
    return rows;
}

std::vector<double> timeShares(const std::vector<LayerRow>& rows, const std::vector<double>& seconds)
{
    const double all = std::accumulate(seconds.begin(), seconds.end(), 0.0);
    std::vector<double> shares;
    for (const LayerRow& row : rows) {
        double own = 0;
        for (int i = row.first; i <= row.last; ++i)
            own += seconds.at(static_cast<std::size_t>(i));
        shares.push_back(all > 0 ? own / all : 0);
    }
    return shares;
}

std::vector<int> stageSizes(const Network& network)
{
    std::vector<int> sizes(network.stages.size());
    for (const Layer& layer : layers(network))
        if (layer.stage >= 1 && layer.stage <= static_cast<int>(sizes.size()))
            sizes[static_cast<std::size_t>(layer.stage) - 1] = layer.outSize;
    return sizes;
}

} // namespace spacewright
