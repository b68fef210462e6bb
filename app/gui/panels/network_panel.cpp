// The selected model.
#include "app/gui/panels/network_panel.h"

#include "app/gui/format.h"
#include "app/gui/panels/silhouettes.h"
#include "app/gui/terms.h"
#include "core/duration.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace spacewright {

namespace {

/// Stages as columns, depth, width, bottleneck ratio and group width as rows.
QString stageTable(const Network& network)
{
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='0'>");
    const auto row = [&](const QString& name, auto cell) {
        html += QStringLiteral("<tr><td>%1</td>").arg(name);
        for (const Stage& stage : network.stages)
            html += QStringLiteral("<td align='right' width='44'>%1</td>").arg(cell(stage));
        html += QStringLiteral("</tr>");
    };
    int number = 0;
    row(NetworkPanel::tr("stage"), [&](const Stage&) { return QString::number(++number); });
    row(QStringLiteral("d"), [](const Stage& stage) { return QString::number(stage.depth); });
    row(QStringLiteral("w"), [](const Stage& stage) { return QString::number(stage.width); });
    row(QStringLiteral("b"), [](const Stage& stage) { return valueText(stage.bottleneckRatio); });
    row(QStringLiteral("g"), [](const Stage& stage) { return QString::number(stage.groupWidth); });
    return html + QStringLiteral("</table>");
}

QString stateText(const Model& model)
{
    QString text = QString::fromStdString(toText(model.state));
    if (!model.reason.empty())
        text += ": " + QString::fromStdString(model.reason);
    if (model.seconds > 0)
        text += NetworkPanel::tr(", trained in %1 at %L2 images/s")
                    .arg(QString::fromStdString(durationText(model.seconds)))
                    .arg(model.imagesPerSecond, 0, 'f', 0);
    return text;
}

} // namespace

NetworkPanel::NetworkPanel(QWidget* parent)
    : QWidget(parent), m_heading(new QLabel), m_stages(new QLabel), m_words(new QLabel), m_drawing(new Silhouettes),
      m_export(new QPushButton(tr("Export..."))), m_retry(new QPushButton(tr("Retry")))
{
    m_heading->setTextFormat(Qt::RichText);
    m_heading->setObjectName("networkHeading");
    m_stages->setTextFormat(Qt::RichText);
    m_stages->setToolTip(tr("d depth, w width, b bottleneck ratio, g group width of each stage"));
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignTop);
    m_words->setObjectName("networkWords");
    m_drawing->setMinimumHeight(80);
    m_drawing->setAccessibleName(tr("Width of each block of the selected network"));
    m_export->setToolTip(tr("Writes the network's configuration as pycls YAML or JSON (Ctrl+E)."));
    m_retry->setToolTip(tr("Lets the model wait again, from the start."));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_export);
    buttons->addWidget(m_retry);
    buttons->addStretch();
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(10, 6, 10, 6);
    layout->addWidget(m_heading);
    layout->addWidget(m_drawing, 1);
    layout->addWidget(m_stages);
    layout->addWidget(m_words);
    layout->addLayout(buttons);
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("The selected network"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    connect(m_export, &QPushButton::clicked, this, &NetworkPanel::exportRequested);
    connect(m_retry, &QPushButton::clicked, this, &NetworkPanel::retryRequested);
    clear();
}

void NetworkPanel::clear()
{
    m_heading->setText(tr("Select a model in the table or in a chart."));
    m_stages->clear();
    m_words->clear();
    m_drawing->setSamples({}, QColor(), 1);
    m_export->hide();
    m_retry->hide();
}

void NetworkPanel::setDetails(const ModelDetails& details, const QColor& ofSpace)
{
    const Model& model = details.model;
    m_heading->setText(tr("<b>#%1</b> of %2%3")
                           .arg(static_cast<qlonglong>(model.id))
                           .arg(QString::fromStdString(details.space).toHtmlEscaped(),
                                model.error ? tr(", error <b>%1 %</b>").arg(errorText(*model.error)) : QString()));
    m_drawing->setSamples({model.sample}, ofSpace, 1);
    m_stages->setText(stageTable(model.sample.network));
    const Complexity& complexity = model.sample.complexity;
    QStringList lines{tr("%1 flops, %2 parameters, %3 activations")
                          .arg(countText(static_cast<double>(complexity.flops)),
                               countText(static_cast<double>(complexity.params)),
                               countText(static_cast<double>(complexity.activations))),
                      stateText(model)};
    for (const Epoch& epoch : details.epochs)
        lines << tr("epoch %1: training loss %2, validation error %3 %")
                     .arg(epoch.number)
                     .arg(epoch.trainingLoss, 0, 'f', 3)
                     .arg(errorText(epoch.validationError));
    m_words->setText(lines.join('\n'));
    m_export->show();
    m_retry->setVisible(model.state == ModelState::failed || model.state == ModelState::diverged);
}

} // namespace spacewright
