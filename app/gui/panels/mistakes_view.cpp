// What the model that is looked at gets wrong on the validation images.
#include "app/gui/panels/mistakes_view.h"

#include "app/gui/format.h"
#include "app/gui/panels/confusion_matrix.h"
#include "app/gui/panels/example_images.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace spacewright {

namespace {

constexpr std::size_t mostExamples = 24;

} // namespace

MistakesView::MistakesView(QWidget* parent)
    : QWidget(parent), m_scroll(new QScrollArea), m_words(new QLabel), m_matrix(new ConfusionMatrix),
      m_which(new QLabel), m_examples(new ExampleImages)
{
    m_words->setObjectName("mistakeWords");
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_which->setObjectName("exampleWords");
    m_which->setWordWrap(true);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 6, 0, 0);
    column->addWidget(m_words);
    column->addWidget(m_matrix);
    column->addWidget(m_which);
    column->addWidget(m_examples);
    column->addStretch();
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setAccessibleName(tr("What the model gets wrong"));
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    content->installEventFilter(this);
    connect(m_matrix, &ConfusionMatrix::chosenChanged, this, &MistakesView::showExamples);
    clear({});
}

void MistakesView::setModel(const Model& model, const QColor& colour)
{
    m_matrix->setColour(colour);
    if (m_model == model.id && m_state == model.state)
        return;
    m_model = model.id;
    m_state = model.state;
    m_asked = false;
    clear(model.state == ModelState::finished ? QString()
                                              : tr("The model is %1: only finished models have weights to answer with.")
                                                    .arg(QString::fromStdString(toText(model.state))));
    m_scroll->widget()->update();
}

/// Only what is really seen is painted; a hidden tab or a dock behind another is not.
bool MistakesView::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::Paint)
        askOnce();
    return QWidget::eventFilter(object, event);
}

void MistakesView::askOnce()
{
    if (m_asked || !m_model || m_state != ModelState::finished)
        return;
    m_asked = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            clear(tr("The model answers to the validation images."));
            Q_EMIT mistakesWanted(static_cast<qint64>(*m_model));
        },
        Qt::QueuedConnection);
}

void MistakesView::clear(const QString& words)
{
    m_answers.reset();
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
    m_matrix->hide();
    m_which->hide();
    m_examples->hide();
}

void MistakesView::showMistakes(const Mistakes& mistakes)
{
    if (mistakes.model != m_model)
        return;
    if (!mistakes.answers)
        return clear(mistakes.problem);
    m_answers = mistakes.answers;
    const Confusion& confusion = m_answers->confusion;
    QString words =
        tr("%L1 of %L2 validation images are wrong, %3 %.")
            .arg(confusion.wrong())
            .arg(confusion.images())
            .arg(errorText(100.0 * static_cast<double>(confusion.wrong()) / static_cast<double>(confusion.images())));
    if (const auto most = confusion.mostMistaken())
        words += tr(" Most often: %1 taken for %2, %L3 times.")
                     .arg(QString::fromStdString(m_answers->classes[static_cast<std::size_t>(most->first)]),
                          QString::fromStdString(m_answers->classes[static_cast<std::size_t>(most->second)]))
                     .arg(confusion.at(most->first, most->second));
    m_words->setText(words);
    m_words->show();
    m_matrix->setConfusion(confusion, m_answers->classes);
    m_matrix->show();
    showExamples();
}

void MistakesView::showExamples()
{
    const auto& chosen = m_matrix->chosen();
    const auto name = [this](int one) {
        return QString::fromStdString(m_answers->classes[static_cast<std::size_t>(one)]);
    };
    std::vector<Example> examples;
    for (const std::size_t i : worstAnswers(m_answers->answers, mostExamples, chosen)) {
        const Answer& one = m_answers->answers[i];
        examples.push_back({imageOf(*m_answers->images, i), name(one.truth), name(one.answer), one.probability, i});
    }
    if (chosen)
        m_which->setText(tr("%1 taken for %2: %L3. Those it is surest of, with the probability:")
                             .arg(name(chosen->first), name(chosen->second))
                             .arg(m_answers->confusion.at(chosen->first, chosen->second)));
    else
        m_which->setText(tr("The mistakes it is surest of, with the probability of the answer:"));
    m_which->setVisible(chosen || !examples.empty());
    m_examples->setVisible(!examples.empty());
    m_examples->setExamples(std::move(examples));
}

} // namespace spacewright
