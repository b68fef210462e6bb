// Looks a data set over before a study is made of it.
#include "app/gui/data_check_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

namespace spacewright {

namespace {

constexpr int rowsShown = 10, examplesShown = 8, cell = 40, gap = 4; // pixels

QImage imageOf(const ImageSet& set, int index)
{
    const std::size_t area = std::size_t(set.size) * std::size_t(set.size);
    const std::uint8_t* planes = set.image(index);
    QImage image(set.size, set.size, QImage::Format_RGB32);
    for (int y = 0; y < set.size; ++y)
        for (int x = 0; x < set.size; ++x) {
            const std::uint8_t* value = planes + std::size_t(y) * std::size_t(set.size) + std::size_t(x);
            image.setPixel(
                x, y, set.channels == 1 ? qRgb(*value, *value, *value) : qRgb(value[0], value[area], value[2 * area]));
        }
    return image;
}

QImage examplesOfClass(const DataSet& data, int label)
{
    QImage row(examplesShown * (cell + gap), cell, QImage::Format_ARGB32_Premultiplied);
    row.fill(Qt::transparent);
    QPainter painter(&row);
    // Small images keep their pixels, large ones are smoothed.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, data.training.size > cell);
    int left = 0;
    for (const int i : examplesOf(data, label, examplesShown)) {
        painter.drawImage(QRect(left, 0, cell, cell), imageOf(data.training, i));
        left += cell + gap;
    }
    return row;
}

QLabel* textLabel(const QString& text)
{
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText); // class names and files may hold anything
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

DataCheckDialog::DataCheckDialog(std::string nameOrPath, std::uint64_t splitSeed, QWidget* parent)
    : QDialog(parent), m_state(textLabel(tr("Reading the images..."))), m_findings(new QFormLayout),
      m_classes(new QGridLayout), m_background([this](const std::string& text) {
          deliver([this, text] { showProblem(QString::fromStdString(text)); });
      })
{
    setWindowTitle(tr("Data set %1").arg(QString::fromStdString(nameOrPath)));
    m_state->setObjectName("dataCheckState");
    auto* classes = new QWidget;
    classes->setLayout(m_classes);
    m_classes->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(classes);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* sides = new QHBoxLayout;
    sides->addLayout(m_findings, 2);
    sides->addWidget(scroll, 3);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_state);
    layout->addLayout(sides, 1);
    layout->addWidget(buttons);
    resize(1080, 620);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    m_background.post([this, name = std::move(nameOrPath), splitSeed](std::stop_token stop) {
        const auto progressAs = [this, stop](const char* words) -> ReadProgress {
            return [this, stop, words](std::int64_t done, std::int64_t all) {
                deliver([this, done, all, words] { m_state->setText(tr(words).arg(done).arg(all)); });
                return !stop.stop_requested();
            };
        };
        const DataSet data = loadWholeDataSet(name, splitSeed, progressAs(QT_TR_NOOP("Reading picture %1 of %2...")));
        deliver(
            [this, result = look(data, progressAs(QT_TR_NOOP("Comparing image %1 of %2...")))] { showResult(result); });
    });
}

DataCheckDialog::Result DataCheckDialog::look(const DataSet& data, const ReadProgress& progress)
{
    Result result{findings(data, progress),
                  {},
                  data.training.classes,
                  data.training.count + data.validation.count,
                  data.validation.count};
    const std::vector<ClassCount> counts = classCounts(data);
    for (int label = 0; label < std::min<int>(rowsShown, static_cast<int>(counts.size())); ++label)
        result.rows.push_back({counts[std::size_t(label)], examplesOfClass(data, label)});
    return result;
}

void DataCheckDialog::showResult(const Result& result)
{
    int wrong = 0;
    for (const DataFinding& finding : result.findings) {
        wrong += !finding.ok;
        if (finding.check == "classes" && finding.ok)
            continue; // the other side shows them
        auto* name = new QLabel(QString::fromStdString(finding.check));
        name->setAlignment(Qt::AlignTop); // beside the first line of the detail
        if (!finding.ok)
            name->setText(tr("%1 (!)").arg(name->text()));
        m_findings->addRow(name, textLabel(QString::fromStdString(finding.detail)));
    }
    m_state->setText(wrong == 0 ? tr("Nothing speaks against training on these images.")
                                : tr("What is marked (!) should be looked at before training on these images."));
    int row = 0;
    for (const char* head : {QT_TR_NOOP("class"), QT_TR_NOOP("training"), QT_TR_NOOP("validation"), QT_TR_NOOP("test")})
        m_classes->addWidget(new QLabel(tr(head)), 0, row++);
    row = 1;
    for (const ClassRow& one : result.rows) {
        m_classes->addWidget(textLabel(QString::fromStdString(one.count.name)), row, 0);
        int column = 1;
        for (const std::int64_t count : {one.count.training, one.count.validation, one.count.test}) {
            auto* number = new QLabel(QLocale().toString(static_cast<qlonglong>(count)));
            m_classes->addWidget(number, row, column++, Qt::AlignRight | Qt::AlignVCenter);
        }
        auto* examples = new QLabel;
        examples->setPixmap(QPixmap::fromImage(one.examples));
        examples->setAccessibleName(tr("Examples of %1").arg(QString::fromStdString(one.count.name)));
        m_classes->addWidget(examples, row++, column);
    }
    if (result.classes > rowsShown)
        m_classes->addWidget(new QLabel(tr("and %1 more classes").arg(result.classes - rowsShown)), row, 0, 1, 5);
    Q_EMIT checked(result.images, result.validation);
}

void DataCheckDialog::showProblem(const QString& text)
{
    m_state->setText(text);
}

} // namespace spacewright
