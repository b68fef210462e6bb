// The selected networks as drawings, or the best of the study.
#include "app/gui/panels/silhouette_strip.h"

#include "app/gui/charts/palette.h"
#include "app/gui/panels/silhouettes.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

namespace spacewright {

namespace {

constexpr int places = 12;

} // namespace

SilhouetteStrip::SilhouetteStrip(Selection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_words(new QLabel(this)), m_drawing(new Silhouettes(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Networks of the selection, or the best ones"));
    setWhatsThis(tr("The width of each block; the tints are stages. Click one to look at it, click with Ctrl to take "
                    "it into the selection or out of it."));
    m_words->setObjectName("silhouetteWords");
    m_words->setContentsMargins(10, 4, 10, 0);
    m_drawing->setObjectName("silhouettes");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->setSpacing(0);
    layout->addWidget(m_words);
    layout->addWidget(m_drawing, 1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(50); // a brush passes over many selections
    connect(&m_soon, &QTimer::timeout, this, &SilhouetteStrip::draw);
    connect(&m_selection, &Selection::changed, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    connect(&m_selection, &Selection::currentChanged, this, &SilhouetteStrip::mark);
    connect(m_drawing, &Silhouettes::clicked, this, [this](std::size_t i, Qt::KeyboardModifiers modifiers) {
        if (modifiers & Qt::ControlModifier)
            m_selection.toggle(m_shown[i]);
        else
            m_selection.setCurrent(m_shown[i]);
    });
}

void SilhouetteStrip::setSnapshot(const std::shared_ptr<const Snapshot>& snapshot)
{
    m_snapshot = snapshot;
    draw();
}

void SilhouetteStrip::draw()
{
    if (!m_snapshot)
        return;
    const std::vector<ModelList::Pointer> best =
        m_selection.isEmpty()
            ? m_snapshot->best
            : bestModels(*m_snapshot->rows, [this](ModelId model) { return m_selection.contains(model); });
    m_shown.clear();
    std::vector<Sample> samples;
    std::vector<QColor> colours;
    for (const ModelList::Pointer& model : best) {
        m_shown.push_back(model->id);
        samples.push_back(model->sample);
        colours.push_back(spaceStyle(m_snapshot->indexOf(model->space), themeOf(palette())).colour);
    }
    m_drawing->setSamples(std::move(samples), std::move(colours), places);
    const QString n = QString::number(m_selection.models().size());
    m_words->setText(m_selection.isEmpty() ? tr("the best networks")
                     : m_shown.empty()     ? tr("%1 selected, none of them with a result").arg(n)
                                           : tr("the best of %1 selected").arg(n));
    mark();
}

void SilhouetteStrip::mark()
{
    m_drawing->setMarked(
        static_cast<std::size_t>(std::find(m_shown.begin(), m_shown.end(), m_selection.current()) - m_shown.begin()));
}

void SilhouetteStrip::step(std::ptrdiff_t by)
{
    const auto current = std::find(m_shown.begin(), m_shown.end(), m_selection.current());
    if (m_shown.empty())
        return;
    const std::ptrdiff_t at = current == m_shown.end() ? 0 : current - m_shown.begin() + by;
    m_selection.setCurrent(
        m_shown[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, std::ssize(m_shown) - 1))]);
}

void SilhouetteStrip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Left)
        step(-1);
    else if (event->key() == Qt::Key_Right)
        step(1);
    else
        QWidget::keyPressEvent(event);
}

void SilhouetteStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        draw();
    QWidget::changeEvent(event);
}

} // namespace spacewright
