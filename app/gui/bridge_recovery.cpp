// Bridge, damaged studies: what is told of one, and what is saved of it.
#include "app/gui/bridge.h"

#include "core/study/backup.h"
#include "core/study/integrity.h"
#include "core/study/recovery.h"

namespace spacewright {

namespace {

QString text(const std::string& words)
{
    return QString::fromStdString(words);
}

QString nameOf(const std::filesystem::path& path)
{
    return text(path.filename().string());
}

Problem offer(const std::string& happened, const std::filesystem::path& damaged)
{
    const auto backup = newestBackup(damaged);
    const QString words =
        backup ? Bridge::tr("%1 What is readable can be saved into a new file; the newest backup fills the rest.")
               : Bridge::tr("%1 What is readable can be saved into a new file; there is no backup beside it.");
    return {Problem::Kind::damaged, words.arg(text(happened)), damaged};
}

/// All in one paragraph.
QString words(const Recovery& found, const std::filesystem::path& damaged, const std::filesystem::path& recovered)
{
    QStringList phrases;
    for (const std::string& phrase : describe(found))
        phrases << text(phrase);
    QString said =
        Bridge::tr("%1 has %2. %3 was left as it is.").arg(nameOf(recovered), phrases.join("; "), nameOf(damaged));
    const std::filesystem::path weights = damaged.string() + ".weights";
    if (std::filesystem::exists(weights))
        said += Bridge::tr(" Its weights are in %1: rename that folder to %2 to take them along.")
                    .arg(text(weights.string()), nameOf(recovered.string() + ".weights"));
    return said;
}

} // namespace

void Bridge::report(const std::exception& error, Problem::Kind kind)
{
    const auto* damage = dynamic_cast<const DamagedStudy*>(&error);
    if (!damage)
        return report(sentenceOf(error), kind);
    deliver([this, found = offer(damage->happened, damage->file)] {
        if (found.damaged == m_path)
            m_watch.stop(); // else the same is told again with each look
        Q_EMIT problem(found);
    });
}

void Bridge::sayWhyItStopped(const std::string& problem)
{
    post([this, problem, path = m_path](std::stop_token) {
        try {
            checkIntegrity(path);
        } catch (const DamagedStudy&) {
            throw;
        } catch (const std::exception&) { // the worker knows better
        }
        throw Error(problem);
    });
}

void Bridge::recover(const std::filesystem::path& damaged, const std::filesystem::path& recovered)
{
    if (damaged == m_path) {
        pause();
        dropEngine(); // what it gives back is saved too
    }
    Q_EMIT told(tr("What is readable of %1 is being saved into %2.").arg(nameOf(damaged), nameOf(recovered)));
    post([this, damaged, recovered](std::stop_token) {
        const Recovery found = spacewright::recover(damaged);
        try {
            writeRecovered(found, recovered);
        } catch (const std::exception& refused) { // another file may do
            const Problem again{Problem::Kind::damaged, text(refused.what()), damaged};
            return deliver([this, again] { Q_EMIT problem(again); });
        }
        deliver([this, recovered, said = words(found, damaged, recovered)] { open(recovered, {}, said); });
    });
}

} // namespace spacewright
