// What a new study is about.
#include "app/gui/new_study_dialog.h"

#include "app/gui/data_check_dialog.h"
#include "app/gui/files.h"
#include "app/gui/terms.h"
#include "core/data/image_set.h"
#include "core/design/fitted.h"
#include "core/error.h"
#include "core/exchange/space_file.h"
#include "core/study/drawn_space.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

namespace spacewright {

NewStudyDialog::NewStudyDialog(QWidget* parent)
    : QDialog(parent), m_space(new QComboBox), m_data(new QComboBox), m_flops(new QLineEdit(QStringLiteral("1.5M:2M"))),
      m_epochs(new QSpinBox), m_models(new QSpinBox), m_trainingImages(new QSpinBox), m_validationImages(new QSpinBox),
      m_splitSeed(new QSpinBox), m_problem(new QLabel)
{
    setWindowTitle(tr("New study"));
    for (const Space& space : namedSpaces())
        m_space->addItem(QString::fromStdString(space.name));
    m_space->setEditable(true);
    m_space->setObjectName("newSpace");
    m_space->setToolTip(tr("A named space, or a file that describes one. %1").arg(explain(QStringLiteral("space"))));
    m_data->setEditable(true);
    m_data->setObjectName("newData");
    m_data->addItem(QStringLiteral("fashion-mnist"));
    m_data->setToolTip(tr("A name, a folder (IDX or CIFAR files, or pictures in a folder per class), or a file "
                          "(.npz, .csv)."));
    auto* browse = new QPushButton(tr("Folder..."));
    auto* browseSpace = new QPushButton(tr("File..."));
    auto* space = new QHBoxLayout;
    space->addWidget(m_space, 1);
    space->addWidget(browseSpace);
    auto* look = new QPushButton(tr("Chec&k..."));
    look->setObjectName("checkData");
    look->setToolTip(tr("Classes with examples, broken files, duplicates and the split."));
    auto* data = new QHBoxLayout;
    data->addWidget(m_data, 1);
    data->addWidget(browse);
    data->addWidget(look);
    m_flops->setToolTip(tr("Lowest and highest number of multiply-adds, such as 1.5M:2M; empty for no limit."));
    prepareNumbers();
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(2 * fontMetrics().lineSpacing());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_create = buttons->addButton(tr("Create..."), QDialogButtonBox::AcceptRole);
    auto* form = new QFormLayout(this);
    const auto addRow = [form](const QString& text, QHBoxLayout* row, QWidget* field) {
        auto* label = new QLabel(text);
        label->setBuddy(field);
        form->addRow(label, row);
    };
    addRow(tr("&Space"), space, m_space);
    addRow(tr("&Data set"), data, m_data);
    form->addRow(tr("&Training images"), m_trainingImages);
    form->addRow(tr("&Validation images"), m_validationImages);
    form->addRow(tr("Split s&eed"), m_splitSeed);
    form->addRow(tr("&Flops"), m_flops);
    form->addRow(tr("E&pochs"), m_epochs);
    form->addRow(tr("&Models"), m_models);
    form->addRow(m_problem);
    form->addRow(buttons);
    setMinimumWidth(420);

    connect(browse, &QPushButton::clicked, this, [this] {
        askForFile(this, {FileQuestion::Kind::folder, "data", tr("Choose a folder of images"), {}, {}},
                   [this](const QString& folder) { m_data->setEditText(folder); });
    });
    connect(browseSpace, &QPushButton::clicked, this, [this] {
        askForFile(this,
                   {FileQuestion::Kind::open,
                    "space",
                    tr("Choose a file that describes a space"),
                    {tr("Spaces (*.yaml *.yml *.json)"), tr("All files (*)")},
                    {}},
                   [this](const QString& path) { m_space->setEditText(path); });
    });
    connect(m_space, &QComboBox::currentTextChanged, this, &NewStudyDialog::check);
    connect(look, &QPushButton::clicked, this, &NewStudyDialog::checkData);
    connect(m_flops, &QLineEdit::textChanged, this, &NewStudyDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void NewStudyDialog::prepareNumbers()
{
    m_epochs->setRange(1, 1000);
    m_models->setRange(1, 100000);
    m_models->setValue(24);
    const Recipe usual;
    m_trainingImages->setObjectName("trainingImages");
    m_trainingImages->setRange(0, 100'000'000);
    m_trainingImages->setSpecialValueText(tr("all"));
    m_trainingImages->setValue(usual.trainingImages);
    m_trainingImages->setToolTip(tr("0 for all that do not validate."));
    m_validationImages->setObjectName("validationImages");
    m_validationImages->setRange(1, 100'000'000);
    m_validationImages->setValue(usual.validationImages);
    m_validationImages->setToolTip(tr("Kept from training for the error by which networks are compared."));
    m_splitSeed->setRange(0, 1'000'000);
    m_splitSeed->setToolTip(tr("Draws the validation images; 0 keeps the files' order where it is an official one."));
}

void NewStudyDialog::suggest(const QString& space, const QString& data)
{
    if (!space.isEmpty())
        m_space->setEditText(space);
    if (!data.isEmpty())
        m_data->setEditText(data);
}

void NewStudyDialog::check()
{
    QString problem;
    try {
        if (!m_flops->text().trimmed().isEmpty())
            constraintFrom("flops=" + m_flops->text().trimmed().toStdString());
    } catch (const Error&) {
        problem = tr("Write the limits on flops as 1.5M:2M, or leave them empty.");
    }
    try {
        spaceFromNameOrFile(m_space->currentText().trimmed().toStdString());
    } catch (const Error& error) {
        problem = QString::fromUtf8(error.what());
    }
    m_problem->setText(problem);
    m_create->setEnabled(problem.isEmpty());
}

void NewStudyDialog::checkData()
{
    auto* dialog = new DataCheckDialog(m_data->currentText().trimmed().toStdString(),
                                       static_cast<std::uint64_t>(m_splitSeed->value()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DataCheckDialog::checked, this, [this](int images, int validation) {
        if (m_trainingImages->value() + m_validationImages->value() <= images)
            return;
        m_trainingImages->setValue(0);
        m_validationImages->setValue(validation);
    });
    dialog->open();
}

QString NewStudyDialog::suggestedName() const
{
    return QFileInfo(m_space->currentText()).completeBaseName() + QStringLiteral(".study");
}

Session::Creator NewStudyDialog::creator() const
{
    Recipe recipe;
    recipe.data = m_data->currentText().trimmed().toStdString();
    recipe.epochs = m_epochs->value();
    recipe.trainingImages = m_trainingImages->value();
    recipe.validationImages = m_validationImages->value();
    recipe.splitSeed = static_cast<std::uint64_t>(m_splitSeed->value());
    const std::string name = m_space->currentText().trimmed().toStdString();
    const std::string flops = m_flops->text().trimmed().toStdString();
    const int models = m_models->value();
    return [=](const std::filesystem::path& path) {
        const DataSet data = loadDataSet(recipe.data, recipe.trainingImages, recipe.validationImages, recipe.splitSeed);
        StudySpace root;
        root.space =
            fittedTo(spaceFromNameOrFile(name), data.training.channels, data.training.size, data.training.classes);
        if (!flops.empty())
            root.space = constrained(root.space, constraintFrom("flops=" + flops));
        return createStudy(path, root, recipe, models);
    };
}

} // namespace spacewright
