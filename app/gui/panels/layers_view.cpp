// The layers of the network that is looked at, and where the time goes.
#include "app/gui/panels/layers_view.h"

#include "app/gui/models/layer_model.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace spacewright {

LayersView::LayersView(QWidget* parent)
    : QWidget(parent), m_model(new LayerModel(this)), m_table(new QTableView(this)), m_words(new QLabel(this)),
      m_measure(new QPushButton(tr("&Measure time"), this))
{
    m_table->setObjectName("layers");
    m_table->setAccessibleName(tr("Layers of the network"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(QFontMetrics(font()).height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    const QFontMetrics metrics(font());
    const char* widest[]{"s1.b10.f.se.av", "100.0 M",   "100.0 k",     "100.0 k",
                         "100 %",          "224 → 112", "1024 → 1024", "3x3 conv /2, 16 groups + norm + relu"};
    for (int column = 0; column < LayerModel::columns; ++column)
        m_table->setColumnWidth(column, metrics.horizontalAdvance(QString::fromUtf8(widest[column])) + 12);
    m_words->setObjectName("layerWords");
    m_words->setWordWrap(true);
    m_measure->setObjectName("measureTime");
    m_measure->setToolTip(
        tr("Runs training steps of the network on random images for half a second, each operation against the clock."));
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_words, 1);
    bottom->addWidget(m_measure, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_table, 1);
    layout->addLayout(bottom);
    connect(m_measure, &QPushButton::clicked, this, [this] {
        m_measure->setEnabled(false);
        m_words->setText(tr("Measuring."));
        Q_EMIT timesWanted(m_network);
    });
}

void LayersView::setNetwork(const Network& network, std::vector<LayerRow> rows)
{
    if (network == m_network)
        return;
    m_network = network;
    m_rows = std::move(rows);
    m_model->setRows(m_rows);
    m_words->setText(tr("The time is not measured yet."));
    m_measure->setEnabled(true);
}

void LayersView::showTimes(const LayerTimes& times)
{
    if (!(times.network == m_network))
        return;
    m_measure->setEnabled(true);
    if (!times.problem.isEmpty())
        return m_words->setText(times.problem);
    const std::vector<double> shares = timeShares(m_rows, times.seconds);
    m_model->setShares(shares);
    const auto largest = std::max_element(shares.begin(), shares.end());
    m_words->setText(
        tr("Most of the time: %1")
            .arg(QString::fromStdString(m_rows[static_cast<std::size_t>(largest - shares.begin())].layer.name)));
}

} // namespace spacewright
