// The paper's figures in the window.
#include "app/gui/panels/figures_panel.h"

#include "app/gui/charts/panel_chart.h"
#include "app/gui/panels/chart_view.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace spacewright {

namespace {

constexpr int panelWidth = 340, panelHeight = 250; ///< the smallest that can be read

} // namespace

FiguresPanel::FiguresPanel(Selection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_question(new Question(this)), m_choice(new QComboBox(this)),
      m_words(new QLabel(this)), m_grid(new QGridLayout)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_choice->setObjectName("figure");
    m_choice->setAccessibleName(tr("Which figure of the paper"));
    for (const FigureKind& kind : figureKinds()) {
        m_choice->addItem(QString::fromLatin1(kind.name));
        m_choice->setItemData(m_choice->count() - 1, QString::fromUtf8(kind.about), Qt::ToolTipRole);
    }
    m_words->setObjectName("figureWords");
    m_words->setWordWrap(true);
    m_words->setContentsMargins(10, 0, 10, 6);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* label = new QLabel(tr("fi&gure"));
    label->setBuddy(m_choice);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(10, 6, 10, 0);
    top->addWidget(label);
    top->addWidget(m_choice, 1);
    m_grid->setSpacing(0);
    m_grid->setContentsMargins(0, 0, 0, 0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(top);
    auto* panels = new QWidget;
    panels->setLayout(m_grid);
    panels->setBackgroundRole(QPalette::Base);
    auto* scroll = new QScrollArea;
    scroll->setFocusPolicy(Qt::NoFocus); // the charts within take it
    scroll->setWidget(panels);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_words);

    connect(m_question, &Question::wanted, this, [this](const std::shared_ptr<const Snapshot>& snapshot) {
        Q_EMIT figureWanted(snapshot, m_choice->currentText());
    });
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        m_choice->setToolTip(m_choice->currentData(Qt::ToolTipRole).toString());
        m_question->again();
    });
}

std::string FiguresPanel::figure() const
{
    return m_choice->currentText().toStdString();
}

ChartView* FiguresPanel::makeView()
{
    auto* chart = new PanelChart(themeOf(palette()), PanelChart::Detail::screen);
    const std::size_t panel = m_views.size();
    const auto redraw = [this, chart, panel] {
        if (panel < m_figure.panels.size())
            chart->plot(m_figure.panels[panel]);
    };
    auto* view = new ChartView(chart, redraw, this);
    view->setSelection(m_selection);
    view->setMinimumSize(panelWidth, panelHeight);
    connect(view, &ChartView::exportRequested, this, &FiguresPanel::exportRequested);
    return view;
}

void FiguresPanel::showFigure(const FigureResult& result)
{
    m_words->setText(QString::fromStdString(result.problem.empty() ? result.figure.caption : result.problem));
    m_words->setVisible(!m_words->text().isEmpty());
    m_figure = result.figure;
    while (m_views.size() < m_figure.panels.size())
        m_views.push_back(makeView());
    arrange();
    for (std::size_t i = 0; i < m_figure.panels.size(); ++i) {
        m_views[i]->setAccessibleName(QString::fromStdString(m_figure.panels[i].title));
        m_views[i]->redrawSoon();
    }
}

int FiguresPanel::columnsThatFit() const
{
    return std::clamp(width() / (panelWidth + 10), 1, std::max(1, m_figure.columns));
}

/// As many columns as the figure wants and the width has room for; what is higher than the panel scrolls.
void FiguresPanel::arrange()
{
    const int panels = static_cast<int>(m_figure.panels.size());
    m_columns = columnsThatFit();
    for (int i = 0; i < static_cast<int>(m_views.size()); ++i) {
        ChartView* view = m_views[static_cast<std::size_t>(i)];
        m_grid->removeWidget(view);
        view->setVisible(i < panels);
        // A single panel of the last row has it to itself, as in the file.
        const bool alone = i == panels - 1 && i % m_columns == 0;
        if (i < panels)
            m_grid->addWidget(view, i / m_columns, i % m_columns, 1, alone ? m_columns : 1);
    }
}

void FiguresPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (columnsThatFit() != m_columns)
        arrange();
}

} // namespace spacewright
