// The model that is looked at.
#include "app/gui/panels/network_panel.h"

#include "app/gui/charts/palette.h"
#include "app/gui/format.h"
#include "app/gui/models/queue_model.h"
#include "app/gui/panels/block_drawing.h"
#include "app/gui/panels/layers_view.h"
#include "app/gui/panels/learning_view.h"
#include "app/gui/panels/mistakes_view.h"
#include "app/gui/panels/network_editor.h"
#include "app/gui/panels/parameter_table.h"
#include "core/duration.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace spacewright {

namespace {

QString nameOf(const ModelDetails& details)
{
    return QStringLiteral("#%1").arg(static_cast<qlonglong>(details.model.id));
}

QString titleOf(const ModelDetails& details)
{
    return NetworkPanel::tr("<b>%1</b> of %2%3")
        .arg(nameOf(details), QString::fromStdString(details.space).toHtmlEscaped(),
             details.model.error ? NetworkPanel::tr(", error <b>%1 %</b>").arg(errorText(*details.model.error))
                                 : QString());
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

/// Scrolls where the panel is low.
QScrollArea* scrolling(QWidget* content, const QString& name)
{
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(name);
    return scroll;
}

} // namespace

NetworkPanel::NetworkPanel(Selection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_heading(new QLabel), m_drawing(new BlockDrawing),
      m_tabs(new QTabWidget), m_parameters(new QLabel), m_words(new QLabel), m_layers(new LayersView),
      m_learning(new LearningView), m_mistakes(new MistakesView), m_editor(new NetworkEditor),
      m_export(new QPushButton(tr("Export..."))), m_retry(new QPushButton(tr("Retry")))
{
    m_heading->setTextFormat(Qt::RichText);
    m_heading->setWordWrap(true);
    m_heading->setObjectName("networkHeading");
    m_export->setToolTip(tr("Writes the network's configuration, code or weights (Ctrl+E)."));
    m_retry->setObjectName("retryModel");
    m_retry->setToolTip(tr("Lets the model wait again: a failed one goes on from its checkpoint, others start anew."));
    m_tabs->setObjectName("networkTabs");
    m_tabs->setDocumentMode(true);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85); // so that all five have room in a narrow panel
    m_tabs->tabBar()->setFont(small);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideNone);
    addPage(scrolling(stagesPage(), tr("Parameters of each stage")), tr("Stages"),
            tr("The parameters of each stage; of two models, what differs."));
    addPage(m_layers, tr("Layers"), tr("Each layer with its complexity and its share of the time."));
    addPage(m_learning, tr("Curve"), tr("Error and loss after each epoch."));
    addPage(m_mistakes, tr("Errors"), tr("Confusion matrix and worst examples on the validation images."));
    addPage(scrolling(m_editor, tr("A copy of the network")), tr("Edit"),
            tr("Change a copy of the network, see what it costs, and train it."));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_export);
    buttons->addWidget(m_retry);
    buttons->addStretch();
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_drawing);
    parts->addWidget(m_tabs);
    parts->setStretchFactor(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 6, 10, 6);
    layout->addWidget(m_heading);
    layout->addWidget(parts, 1);
    layout->addLayout(buttons);
    connect(m_export, &QPushButton::clicked, this, &NetworkPanel::exportRequested);
    connect(m_retry, &QPushButton::clicked, this, &NetworkPanel::retryRequested);
    connect(m_tabs, &QTabWidget::currentChanged, this, &NetworkPanel::fillPage);
    connect(m_tabs, &QTabWidget::currentChanged, this, &NetworkPanel::draw);
    connect(m_editor, &NetworkEditor::editedChanged, this, &NetworkPanel::draw);
    connect(&m_selection, &Selection::currentChanged, this, &NetworkPanel::lookAtCurrent);
    connect(&m_selection, &Selection::changed, this, &NetworkPanel::lookAtSelection);
    clear();
}

void NetworkPanel::addPage(QWidget* page, const QString& name, const QString& about)
{
    m_tabs->setTabToolTip(m_tabs->addTab(page, name), about);
}

QWidget* NetworkPanel::stagesPage()
{
    m_parameters->setTextFormat(Qt::RichText);
    m_parameters->setObjectName("networkParameters");
    m_parameters->setAlignment(Qt::AlignTop);
    m_parameters->setWordWrap(true);
    m_parameters->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_parameters->setToolTip(tr("d depth, w width, b bottleneck ratio, g group width of each stage"));
    m_words->setWordWrap(true);
    m_words->setObjectName("networkWords");
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(m_parameters);
    layout->addWidget(m_words);
    layout->addStretch();
    return page;
}

/// The current model, against the other one where it is one of two that are selected.
void NetworkPanel::lookAtCurrent()
{
    std::vector<ModelId> wanted;
    if (m_selection.current())
        wanted.push_back(*m_selection.current());
    const std::vector<ModelId>& selected = m_selection.models();
    if (!wanted.empty() && selected.size() == 2 && m_selection.contains(wanted[0]))
        wanted.push_back(selected[0] == wanted[0] ? selected[1] : selected[0]);
    lookAt(std::move(wanted));
}

void NetworkPanel::lookAtSelection()
{
    const std::optional<ModelId>& current = m_selection.current();
    if (m_selection.models().size() == 2 && !(current && m_selection.contains(*current)))
        lookAt(m_selection.models());
    else
        lookAtCurrent();
}

void NetworkPanel::lookAt(std::vector<ModelId> wanted)
{
    if (wanted == m_wanted)
        return;
    m_wanted = std::move(wanted);
    refresh();
}

void NetworkPanel::refresh()
{
    if (!m_wanted.empty())
        Q_EMIT detailsWanted(m_wanted);
}

void NetworkPanel::clear()
{
    m_wanted.clear();
    m_details.clear();
    m_heading->setText(tr("Select a model in the table or in a chart; select two to compare them."));
    m_drawing->setNetworks({}, QColor());
    m_tabs->hide();
    m_export->hide();
    m_retry->hide();
}

void NetworkPanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_snapshot = snapshot;
    std::vector<std::string> names;
    for (const Population& population : snapshot->study->populations)
        names.push_back(population.space.space.name);
    m_editor->setStudy(names, snapshot->readOnly);
}

int NetworkPanel::spaceOf(const ModelDetails& details) const
{
    return m_snapshot ? m_snapshot->indexOf(details.model.space) : 0;
}

void NetworkPanel::setDetails(std::vector<ModelDetails> details)
{
    const auto isSame = [](const ModelDetails& a, const ModelDetails& b) {
        return a.model.id == b.model.id && a.model.state == b.model.state && a.model.error == b.model.error &&
               a.space == b.space && a.epochs.size() == b.epochs.size();
    };
    if (std::equal(details.begin(), details.end(), m_details.begin(), m_details.end(), isSame))
        return; // most new results are other models'
    m_details = std::move(details);
    const ModelDetails& first = m_details.front();
    showHeading();
    m_parameters->setText(m_details.size() > 1 ? comparisonTable(first, m_details[1]) : parameterTable(first));
    m_words->setText(stateText(first.model));
    m_words->setVisible(m_details.size() == 1);
    m_filled.clear();
    fillPage();
    draw();
    m_tabs->show();
    m_export->show();
    m_retry->setVisible(isProblem(first.model));
}

/// The page in front: what is behind another tab costs nothing until somebody looks.
void NetworkPanel::fillPage()
{
    QWidget* page = m_tabs->currentWidget();
    if (m_details.empty() || !m_filled.insert(page).second)
        return;
    const ModelDetails& first = m_details.front();
    if (page == m_layers) {
        m_layers->setNetwork(first.model.sample.network, first.layers);
    } else if (page == m_mistakes) {
        m_mistakes->setModel(first.model, spaceStyle(spaceOf(first), themeOf(palette())).colour);
    } else if (page == m_learning) {
        std::vector<ShownModel> trained;
        for (const ModelDetails& one : m_details)
            trained.push_back({nameOf(one).toStdString(), spaceOf(one), one.epochs});
        m_learning->setModels(trained);
    } else if (page->isAncestorOf(m_editor)) {
        m_editor->setModel(first.model);
    }
}

void NetworkPanel::showHeading()
{
    QString text = titleOf(m_details.front());
    if (m_details.size() > 1)
        text = tr("%1 against<br>%2").arg(text, titleOf(m_details[1]));
    m_heading->setText(text);
}

/// Two that are compared; or, while it is edited, the network and its copy.
void NetworkPanel::draw()
{
    if (m_details.empty())
        return;
    std::vector<DrawnNetwork> networks;
    for (const ModelDetails& one : m_details)
        networks.push_back({nameOf(one), one.model.sample.network, one.fit.perBlock, one.fit.error});
    const bool editing = m_editor->isVisibleTo(m_tabs);
    if (editing && m_editor->edited()) {
        networks.resize(1);
        networks.push_back({tr("edited"), *m_editor->edited()});
    }
    m_drawing->setNetworks(std::move(networks), spaceStyle(spaceOf(m_details.front()), themeOf(palette())).colour);
}

void NetworkPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        draw();
    QWidget::changeEvent(event);
}

} // namespace spacewright
