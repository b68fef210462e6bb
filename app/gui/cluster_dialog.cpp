// How models are given to a cluster.
#include "app/gui/cluster_dialog.h"

#include "core/error.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

namespace spacewright {

namespace {

std::string textOf(const QLineEdit* edit)
{
    return edit->text().trimmed().toStdString();
}

std::vector<std::string> words(const QStringList& list)
{
    std::vector<std::string> result;
    for (const QString& one : list)
        if (!one.trimmed().isEmpty())
            result.push_back(one.trimmed().toStdString());
    return result;
}

QString ownScript()
{
    return QString::fromStdString(defaultTemplate());
}

} // namespace

ClusterDialog::ClusterDialog(const std::filesystem::path& study, std::int64_t waiting, QWidget* parent)
    : QDialog(parent), m_tabs(new QTabWidget), m_problem(new QLabel)
{
    setWindowTitle(tr("Run on a cluster"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_submit = buttons->addButton(tr("&Submit"), QDialogButtonBox::AcceptRole);
    m_submit->setObjectName("submitJob");
    m_tabs->setObjectName("clusterTabs");
    m_tabs->addTab(makeJobPage(waiting), tr("&Job"));
    m_tabs->addTab(makePlacesPage(study), tr("&Places"));
    m_tabs->addTab(makeScriptPage(), tr("Sc&ript"));
    m_problem->setObjectName("clusterProblem");
    m_problem->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_tabs);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    setMinimumWidth(520);
    connect(buttons, &QDialogButtonBox::accepted, this, &ClusterDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const QSettings settings;
    for (QLineEdit* edit : m_kept)
        edit->setText(settings.value("cluster/" + edit->objectName(), edit->text()).toString());
    m_tasks->setValue(settings.value("cluster/tasks", 4).toInt());
    m_cpus->setValue(settings.value("cluster/cpus", 1).toInt());
    m_lines->setPlainText(settings.value("cluster/lines").toString());
    m_script->setPlainText(settings.value("cluster/script", ownScript()).toString());
    check();
}

QLineEdit* ClusterDialog::line(QFormLayout* form, const QString& label, const char* name, const QString& explanation)
{
    auto* edit = new QLineEdit;
    edit->setObjectName(name);
    edit->setToolTip(explanation);
    form->addRow(label, edit);
    connect(edit, &QLineEdit::textChanged, this, &ClusterDialog::check);
    return edit;
}

QSpinBox* ClusterDialog::number(QFormLayout* form, const QString& label, const char* name, int low, int high, int value,
                                const QString& explanation)
{
    auto* box = new QSpinBox;
    box->setObjectName(name);
    box->setRange(low, high);
    box->setValue(value);
    box->setToolTip(explanation);
    form->addRow(label, box);
    return box;
}

QWidget* ClusterDialog::makeJobPage(std::int64_t waiting)
{
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    const int all = static_cast<int>(std::min<std::int64_t>(waiting, 10'000'000));
    m_models = number(form, tr("&Models"), "clusterModels", 1, all, all,
                      tr("Of those that wait, from the end of the queue; the others are trained here."));
    m_models->setSuffix(tr(" of %L1 that wait").arg(waiting));
    m_tasks = number(form, tr("&Elements"), "clusterTasks", 1, 100'000, 4,
                     tr("Of SLURM's job array: so many processes train at once, as SLURM has room."));
    m_cpus = number(form, tr("CP&Us"), "clusterCpus", 1, 256, 1,
                    tr("Of each element: so many networks train in it at once."));
    m_partition = line(form, tr("P&artition"), "partition", tr("Empty for the cluster's default."));
    m_time = line(form, tr("&Time limit"), "time",
                  tr("Of an element: 30 (minutes), 4:00:00, 2-0 (days). What is not done by then goes on from its last "
                     "checkpoint."));
    m_gres = line(form, tr("&GPUs"), "gres", tr("SLURM's --gres, such as gpu:1; empty trains on CPUs."));
    m_account = line(form, tr("A&ccount"), "account", tr("SLURM's --account."));
    m_constraint = line(form, tr("Co&nstraint"), "constraint", tr("SLURM's --constraint: features of a node."));
    m_lines = new QPlainTextEdit;
    m_lines->setObjectName("clusterLines");
    m_lines->setToolTip(tr("Further lines for sbatch, one each, without #SBATCH: --mem=4G"));
    m_lines->setMaximumHeight(4 * fontMetrics().lineSpacing());
    m_lines->setTabChangesFocus(true);
    connect(m_lines, &QPlainTextEdit::textChanged, this, &ClusterDialog::check);
    form->addRow(tr("&Further lines"), m_lines);
    m_partition->setPlaceholderText(tr("the cluster's default"));
    m_time->setPlaceholderText(tr("the partition's; 30 (minutes), 4:00:00, 2-0 (days)"));
    m_gres->setPlaceholderText(tr("none; gpu:1"));
    m_lines->setPlaceholderText(QStringLiteral("--mem=4G"));
    m_kept << m_partition << m_time << m_gres << m_account << m_constraint;
    return page;
}

QWidget* ClusterDialog::makePlacesPage(const std::filesystem::path& study)
{
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    m_bundle = line(form, tr("&Bundle"), "bundle",
                    tr("A new folder that the cluster's nodes see under the same path. Empty: beside the study."));
    m_bundle->setPlaceholderText(QString::fromStdString(freeBundleName(study).string()));
    m_program = line(form, tr("Pro&gram"), "program", tr("spacewright-cli as the nodes see it."));
    m_program->setText(QCoreApplication::applicationDirPath() + "/spacewright-cli");
    m_data = line(form, tr("&Images"), "data", tr("As the nodes see them; empty: as in the study's recipe."));
    m_modules = line(form, tr("M&odules"), "modules", tr("Environment modules to load, separated by blanks."));
    m_container =
        line(form, tr("&Container"), "container", tr("A command that goes before the program: apptainer exec x.sif"));
    m_host = line(form, tr("SS&H host"), "host",
                  tr("Where SLURM's commands are run, by your own ssh configuration; empty: on this machine. No "
                     "passwords are kept."));
    auto* rule =
        new QLabel(tr("The cluster's nodes must see the bundle, the program and the images under these paths."));
    rule->setWordWrap(true);
    form->addRow(rule);
    m_kept << m_program << m_data << m_modules << m_container << m_host;
    return page;
}

QWidget* ClusterDialog::makeScriptPage()
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    m_script = new QPlainTextEdit;
    m_script->setObjectName("clusterScript");
    m_script->setAccessibleName(tr("Batch script"));
    m_script->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_script->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_script->setTabChangesFocus(true);
    m_ownScript = new QPushButton(tr("&Default script"));
    m_ownScript->setObjectName("ownScript");
    m_ownScript->setToolTip(tr("An edited script is kept for the next job; this puts the program's own back."));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_ownScript);
    buttons->addStretch();
    layout->addWidget(m_script);
    layout->addLayout(buttons);
    connect(m_ownScript, &QPushButton::clicked, this, [this] { m_script->setPlainText(ownScript()); });
    connect(m_script, &QPlainTextEdit::textChanged, this, &ClusterDialog::check);
    return page;
}

ClusterRequest ClusterDialog::request() const
{
    ClusterRequest request;
    request.models = m_models->value();
    request.bundle = textOf(m_bundle);
    request.plan.program = textOf(m_program);
    request.plan.data = textOf(m_data);
    request.plan.tasks = m_tasks->value();
    request.plan.cpus = m_cpus->value();
    request.slurm.partition = textOf(m_partition);
    request.slurm.time = textOf(m_time);
    request.slurm.gres = textOf(m_gres);
    request.slurm.account = textOf(m_account);
    request.slurm.constraint = textOf(m_constraint);
    request.slurm.lines = words(m_lines->toPlainText().split('\n'));
    request.slurm.modules = words(m_modules->text().split(' '));
    request.slurm.container = textOf(m_container);
    request.scriptTemplate = m_script->toPlainText().toStdString();
    return request;
}

std::string ClusterDialog::host() const
{
    return textOf(m_host);
}

void ClusterDialog::check()
{
    if (!m_script || !m_submit)
        return; // being made
    QString problem;
    try {
        const ClusterRequest now = request();
        batchScript(now.scriptTemplate, now.slurm, {});
        if (now.plan.program.empty())
            problem = tr("Say where spacewright-cli is.");
    } catch (const Error& error) {
        problem = QString::fromStdString(error.what());
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_submit->setEnabled(problem.isEmpty());
    const bool isEdited = m_script->toPlainText() != ownScript();
    m_ownScript->setEnabled(isEdited);
    m_tabs->setTabText(m_tabs->count() - 1, isEdited ? tr("Sc&ript (edited)") : tr("Sc&ript"));
}

void ClusterDialog::accept()
{
    QSettings settings;
    for (const QLineEdit* edit : m_kept)
        settings.setValue("cluster/" + edit->objectName(), edit->text());
    settings.setValue("cluster/tasks", m_tasks->value());
    settings.setValue("cluster/cpus", m_cpus->value());
    settings.setValue("cluster/lines", m_lines->toPlainText());
    if (m_script->toPlainText() == ownScript())
        settings.remove("cluster/script"); // the next version's may be better
    else
        settings.setValue("cluster/script", m_script->toPlainText());
    QDialog::accept();
}

} // namespace spacewright
