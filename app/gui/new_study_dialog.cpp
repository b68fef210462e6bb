// What a new study is about.
#include "app/gui/new_study_dialog.h"

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
      m_epochs(new QSpinBox), m_models(new QSpinBox), m_problem(new QLabel)
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
    m_data->setToolTip(tr("A name, or a folder with the four IDX files of MNIST's form."));
    auto* browse = new QPushButton(tr("Folder..."));
    auto* browseSpace = new QPushButton(tr("File..."));
    auto* space = new QHBoxLayout;
    space->addWidget(m_space, 1);
    space->addWidget(browseSpace);
    auto* data = new QHBoxLayout;
    data->addWidget(m_data, 1);
    data->addWidget(browse);
    m_flops->setToolTip(tr("Lowest and highest number of multiply-adds, such as 1.5M:2M; empty for no limit."));
    m_epochs->setRange(1, 1000);
    m_models->setRange(1, 100000);
    m_models->setValue(24);
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
    form->addRow(tr("&Flops"), m_flops);
    form->addRow(tr("&Epochs"), m_epochs);
    form->addRow(tr("&Models"), m_models);
    form->addRow(m_problem);
    form->addRow(buttons);
    setMinimumWidth(420);

    connect(browse, &QPushButton::clicked, this, [this] {
        askForFile(this, {FileQuestion::Kind::folder, "data", tr("Choose a folder of IDX files"), {}, {}},
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
    connect(m_flops, &QLineEdit::textChanged, this, &NewStudyDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
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

QString NewStudyDialog::suggestedName() const
{
    return QFileInfo(m_space->currentText()).completeBaseName() + QStringLiteral(".study");
}

Session::Creator NewStudyDialog::creator() const
{
    Recipe recipe;
    recipe.data = m_data->currentText().trimmed().toStdString();
    recipe.epochs = m_epochs->value();
    const std::string name = m_space->currentText().trimmed().toStdString();
    const std::string flops = m_flops->text().trimmed().toStdString();
    const int models = m_models->value();
    return [=](const std::filesystem::path& path) {
        const DataSet data = loadDataSet(recipe.data, recipe.trainingImages, recipe.validationImages);
        StudySpace root;
        root.space =
            fittedTo(spaceFromNameOrFile(name), data.training.channels, data.training.size, data.training.classes);
        if (!flops.empty())
            root.space = constrained(root.space, constraintFrom("flops=" + flops));
        return createStudy(path, root, recipe, models);
    };
}

} // namespace spacewright
