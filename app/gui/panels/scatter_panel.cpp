// One parameter against error.
#include "app/gui/panels/scatter_panel.h"

#include "app/gui/format.h"
#include "app/gui/panels/chart_view.h"
#include "app/gui/terms.h"
#include "core/figures/quantity.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace spacewright {

std::vector<std::string> parametersOf(const StudyView& study)
{
    int stages = 0;
    bool regNet = false, rate = false, weightDecay = false;
    for (const Population& population : study.populations) {
        stages = std::max(stages, population.space.space.stages);
        rate = rate || population.space.space.rate;
        weightDecay = weightDecay || population.space.space.weightDecay;
        regNet = regNet || population.space.space.family == Space::Family::regNet;
    }
    std::vector<std::string> names{"d"};
    for (const char* base : {"d", "w"})
        for (int stage = 1; stage <= stages; ++stage)
            names.push_back(base + std::to_string(stage));
    names.insert(names.end(), {"b", "g"});
    if (regNet)
        names.insert(names.end(), {"w_0", "w_a", "w_m"});
    else
        for (const char* base : {"b", "g"})
            for (int stage = 1; stage <= stages; ++stage)
                names.push_back(base + std::to_string(stage));
    names.insert(names.end(), {"flops", "params", "acts"});
    if (rate)
        names.push_back("rate");
    if (weightDecay)
        names.push_back("weight_decay");
    names.insert(names.end(), {"seconds", "images_per_second"});
    return names;
}

ScatterPanel::ScatterPanel(const std::string& parameter, Selection& selection, QWidget* parent)
    : QWidget(parent), m_parameter(parameter), m_selection(selection), m_choice(new QComboBox(this)),
      m_narrow(new QPushButton(this)), m_chart(new PanelChart(themeOf(palette()), PanelChart::Detail::screen))
{
    setMinimumWidth(250); // less would leave no room for the parameter's name
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_view = new ChartView(
        m_chart, [this] { plot(); }, this);
    m_view->setSelection(m_selection);
    m_view->setAccessibleName(tr("Parameter against error"));
    m_view->setWhatsThis(explain(QStringLiteral("band")));
    m_choice->setAccessibleName(tr("Parameter on the horizontal axis"));
    m_choice->setObjectName("parameter");
    m_narrow->setText(tr("&Narrow"));
    m_narrow->setObjectName("narrow");
    QSizePolicy keepsItsPlace = m_narrow->sizePolicy(); // so that nothing moves when it comes
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_narrow->setSizePolicy(keepsItsPlace);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_narrow->hide();
    m_soon.setSingleShot(true);
    m_soon.setInterval(50); // a brush passes over many selections
    auto* by = new QLabel(tr("error by"));
    by->setBuddy(m_choice);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(10, 6, 10, 0);
    top->addWidget(by);
    top->addWidget(m_choice, 1);
    top->addWidget(m_narrow);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);
    setFocusProxy(m_view);

    connect(m_choice, &QComboBox::activated, this, [this](int row) {
        m_parameter = m_choice->itemData(row).toString().toStdString();
        Q_EMIT parameterChanged();
    });
    connect(&m_soon, &QTimer::timeout, this, &ScatterPanel::offerRange);
    connect(&m_selection, &Selection::changed, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    connect(m_narrow, &QPushButton::clicked, this, [this] { Q_EMIT constraintChosen(*m_range); });
    connect(m_view, &ChartView::exportRequested, this, &ScatterPanel::exportRequested);
}

void ScatterPanel::listParameters()
{
    const std::vector<std::string> names = parametersOf(*m_snapshot->study);
    if (m_choice->count() != static_cast<int>(names.size())) {
        m_choice->clear();
        for (const std::string& name : names) {
            const QString key = QString::fromStdString(name);
            m_choice->addItem(QString::fromStdString(quantityOf(name).name), key); // the axis has the unit
            m_choice->setItemData(m_choice->count() - 1, explain(key), Qt::ToolTipRole);
        }
    }
    m_choice->setCurrentIndex(m_choice->findData(QString::fromStdString(m_parameter)));
    m_choice->setToolTip(explain(QString::fromStdString(m_parameter)));
}

void ScatterPanel::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_snapshot = snapshot;
    listParameters();
    m_view->redrawSoon();
}

FigureOptions ScatterPanel::figureOptions() const
{
    FigureOptions options;
    options.parameter = m_parameter;
    if (m_snapshot)
        options.selected = m_snapshot->selected;
    return options;
}

void ScatterPanel::plot()
{
    if (!m_snapshot)
        return;
    const auto found = m_snapshot->panels.find(m_parameter);
    if (found != m_snapshot->panels.end()) // else a snapshot with it is on its way
        m_chart->plot(found->second);
    offerRange();
}

/// From the lowest to the highest value of the selected models, those of the selected space where it has some.
std::optional<Constraint> ScatterPanel::selectedRange() const
{
    if (m_selection.isEmpty() || m_parameter == "seconds" || m_parameter == "images_per_second")
        return std::nullopt; // of the training, not of the space
    Constraint range{.kind = Constraint::Kind::range, .parameter = m_parameter};
    const std::vector<Series>& series = m_chart->panel().series;
    for (auto own = series.rbegin(); own != series.rend(); ++own) { // the selected space's comes last
        std::vector<double> values;
        for (std::size_t i = 0; i < own->models.size(); ++i)
            if (m_selection.contains(own->models[i]))
                values.push_back(own->points[i].x);
        if (values.empty())
            continue;
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        range.low = *low;
        range.high = *high;
        return range;
    }
    return std::nullopt;
}

void ScatterPanel::offerRange()
{
    m_range = selectedRange();
    m_narrow->setVisible(m_range.has_value());
    if (!m_range)
        return;
    const bool isCount = quantityOf(m_parameter).isCount;
    const auto text = [&](double value) { return isCount ? countText(value) : valueText(value); };
    m_narrow->setToolTip(tr("Makes what the selected models cover a constraint, %1 .. %2: it goes to the space panel, "
                            "where its price is shown before a child is made.")
                             .arg(text(m_range->low), text(m_range->high)));
    m_narrow->setEnabled(m_snapshot && !m_snapshot->readOnly);
}

} // namespace spacewright
