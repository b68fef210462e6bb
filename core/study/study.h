// The study file: spaces, the queue of models, their epochs and results, in one SQLite database.
#pragma once
#include "core/design/sampler.h"
#include "core/error.h"
#include "core/study/lease.h"
#include "core/study/recipe.h"
#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>

namespace spacewright {

class Database;

enum class SpaceId : std::int64_t {};
enum class ModelId : std::int64_t {};

/// A space within a study: who was narrowed from whom, and by what.
struct StudySpace {
    SpaceId id{};
    std::optional<SpaceId> parent;
    Space space;                   ///< with all its constraints, the parent's too
    std::vector<Constraint> added; ///< what narrowed the parent
    std::string note;              ///< why, in the person's words
    std::uint64_t seed = 1;
    std::int64_t nextIndex = 0; ///< the sample index where drawing goes on
    bool setAside = false;      ///< it, or a space that it was narrowed from
    int priority = 0;           ///< spaces of a higher one are trained first; those of one take turns
    /// The file whose models it holds, trained elsewhere; empty for a space that is drawn from. Nothing is drawn from
    /// an imported space or trained in it; its ranges are those that were seen.
    std::string importedFrom{};
};

/// `stopped`: training ended early because the model could not become good any more; its error is not known.
enum class ModelState { waiting, running, finished, diverged, failed, stopped };
std::string toText(ModelState);

struct Model {
    ModelId id{};
    SpaceId space{};
    Sample sample;
    ModelState state = ModelState::waiting;
    std::optional<double> error;        ///< percent, by the recipe's score; diverged models have it at chance level
    std::optional<double> errorAtLeast; ///< percent; of stopped models, which have no error
    std::string reason;                 ///< of diverged, failed and stopped models
    double seconds = 0;                 ///< training time
    double imagesPerSecond = 0;
    std::int64_t finishOrder = 0; ///< increases with every result, 0 before; lets a follower ask for what is new
    bool setAside = false;        ///< it waits, but is not claimed: it, or its space, was set aside
    bool isNext = false;          ///< a person asked for it to be trained before the others
    bool isLent = false;          ///< it runs on a cluster
    int priority = 0;             ///< that of its space
};

struct Epoch {
    int number = 0; ///< from 1
    double rate = 0;
    double trainingLoss = 0;
    double trainingError = 0;   ///< percent
    double validationError = 0; ///< percent
    double seconds = 0;
};

/// Of the owners of models that are trained elsewhere.
inline constexpr const char* borrowerPrefix = "cluster:";

/// How a finished model stood after some epoch, and how it ended; percent.
struct EpochOutcome {
    double errorThen = 0, finalError = 0;
};

/// A finished model on images that no decision saw.
struct TestResult {
    ModelId model{};
    std::string data; ///< whose test images: a data set's name or folder
    std::int64_t wrong = 0, images = 0;
    double error() const { return 100 * static_cast<double>(wrong) / static_cast<double>(images); } ///< percent
};

/// What was to be recorded comes from a training that this process may not go on with: its model was taken back and
/// perhaps given to another one. The study was left as it is.
struct LostClaim : Error {
    using Error::Error;
};

/// A model that was trained elsewhere, with its result; `model.id`, `model.space` and `sample.index` are ignored.
struct TrainedModel {
    Model model;
    std::vector<Epoch> epochs;
};

/// Throws Error that says what is wrong when its state and its errors do not belong together.
void check(const TrainedModel&);

/// Everything that a study holds but weights.
struct StudyContent {
    Recipe recipe;
    std::vector<StudySpace> spaces; ///< parents before children
    std::map<SpaceId, std::vector<ModelId>> reused;
    std::vector<TrainedModel> models; ///< trained or not
    std::vector<TestResult> tests;
};

struct Counts {
    std::int64_t waiting = 0, running = 0, finished = 0, diverged = 0, failed = 0, stopped = 0;
    std::int64_t setAside = 0; ///< these would wait if they, or their space, were not set aside
    std::int64_t reused = 0;   ///< how many of all these belong to another space first
    std::int64_t lent = 0;     ///< how many of those that run do so on a cluster
    void add(const Model&);
    std::int64_t& of(ModelState, bool setAside = false);
    std::int64_t runningHere() const { return running - lent; } ///< by this machine's processes, and others that beat
    std::int64_t total() const { return waiting + running + finished + diverged + failed + stopped + setAside; }
    bool operator==(const Counts&) const = default;
};

/// One open connection; not thread-safe: each thread opens its own. Every change is one transaction.
/// Throws Error with a sentence for a file that cannot be opened, is no study, is newer, read-only, or out of space.
class Study {
public:
    enum class Access { readOnly, readWrite };
    /// The path must not exist yet.
    static Study create(const std::filesystem::path&, const Recipe&);
    /// The same with what another study held, under the same ids; models that ran wait.
    static Study create(const std::filesystem::path&, const StudyContent&);
    Study(const std::filesystem::path&, Access);
    Study(Study&&) noexcept;
    ~Study();

    const std::filesystem::path& path() const;
    const Recipe& recipe() const;
    /// Whether the file that was opened is still at its path: not once its disk is gone, or it was moved or deleted.
    bool isInPlace() const;
    /// Which claim of each of its models this connection made: for the one that is opened in its place.
    using Claims = std::map<ModelId, std::int64_t>;
    const Claims& claims() const { return m_claims; }
    void setClaims(Claims claims) { m_claims = std::move(claims); }

    /// With its first samples as waiting models, and with models of other spaces that belong to this one too. One
    /// transaction; `id` is ignored.
    SpaceId addSpace(const StudySpace&, const std::vector<Sample>& = {}, const std::vector<ModelId>& reused = {});
    /// A space (with `importedFrom`) of models that were trained elsewhere, in one transaction.
    SpaceId importSpace(const StudySpace&, const std::vector<TrainedModel>&);
    void setNote(SpaceId, const std::string& note);
    /// A branch, with all that was narrowed from the space: nothing of it is deleted, but its waiting models are not
    /// claimed. Taken up again (false), it is so with the spaces that it was narrowed from.
    void setAside(SpaceId, bool);
    /// The same of single models, whatever becomes of their space.
    void setAside(const std::vector<ModelId>&, bool);
    std::vector<StudySpace> spaces() const; ///< in order of creation
    StudySpace space(SpaceId) const;

    /// Adds samples as waiting models and moves the space's `nextIndex` on, in one transaction.
    void addModels(SpaceId, const std::vector<Sample>&, std::int64_t nextIndex);
    /// Draws what is missing so that the space has `n` models in all, reused ones too, and adds them. Duplicates are
    /// left out. Returns what was added.
    std::vector<ModelId> growTo(SpaceId, std::int64_t n, std::stop_token = {});

    std::vector<Model> models() const; ///< all, in order of id
    /// Models whose result came after `finishOrder`, in that order, and (state only) those that run, but no lent ones.
    std::vector<Model> modelsSince(std::int64_t finishOrder) const;
    std::vector<Model> modelsAfter(ModelId) const; ///< those added later, in order of id
    Model model(ModelId) const;                    ///< throws Error for an unknown id
    std::vector<Epoch> epochs(ModelId) const;
    std::vector<EpochOutcome> outcomesAfter(int epoch) const; ///< of the finished models that were trained here
    /// For each space that has some: the models of other spaces that belong to it too, in order of id.
    std::map<SpaceId, std::vector<ModelId>> reused() const;
    std::map<SpaceId, Counts> counts() const; ///< reused models count in every space they belong to
    Counts totals() const;                    ///< each model once
    StudyContent content() const;
    /// Changes whenever another connection has written.
    std::int64_t dataVersion() const;

    // The queue. Its order: models that a person asked for next, then spaces of higher priority, then by sample index,
    // spaces taking turns.
    std::vector<ModelId> waiting() const; ///< in the queue's order
    /// The latest results of this study's own that took time, newest first; at most `n`.
    std::vector<Model> latestResults(int n) const;
    /// The model that waits at the head of the queue, now running and owned by this process; none when nothing waits.
    /// One transaction: no two workers get the same model.
    std::optional<Model> claimNext();
    /// Chooses one of the models at the head of the queue, by its place among them; none: nothing is to be claimed.
    using Choice = std::function<std::optional<std::size_t>(const std::vector<Model>&)>;
    /// The same, with a choice among the first `look` (asked when at least one waits, while the file is locked).
    std::optional<Model> claimNext(std::int64_t look, const Choice&);
    void setNext(const std::vector<ModelId>&, bool isNext); ///< those that wait come before all others, or no longer
    void setPriority(SpaceId, int);
    /// Models left running wait again: those of processes of this machine that no longer live, and those of other
    /// machines whose beats this connection has seen standing still for LeaseWatch::term. How many.
    int releaseAbandoned(LeaseWatch::Clock::time_point now = LeaseWatch::Clock::now());
    void beat();     ///< this process lives; to be called every quarter of a minute while it owns models
    void endLease(); ///< it owns none any more
    // These three throw LostClaim for a model that this process does not own (any more), or claimed anew since.
    void release(ModelId); ///< stopped: it waits again, its checkpoint stays
    /// A model waits again: a failed one from its checkpoint, since nothing was wrong with what it had learned; a
    /// diverged or stopped one from the start.
    void retry(ModelId);
    void recordEpoch(ModelId, const Epoch&); ///< replaces an epoch of the same number
    /// Of a stopped model `error` is what it is at least.
    void finish(ModelId, ModelState, std::optional<double> error, const std::string& reason, double seconds,
                double imagesPerSecond);

    // Models that are trained elsewhere, on a cluster: they are `running`, owned by `borrower`, a text that begins with
    // `borrowerPrefix`; no worker claims them, and they are never taken as abandoned.
    /// Of these models those that wait, now lent; in the order given.
    std::vector<ModelId> lend(const std::vector<ModelId>&, const std::string& borrower);
    std::map<std::string, std::vector<ModelId>> lent() const; ///< by borrower, in order of id
    /// Epochs and results of lent models, in one transaction; ids of those that were taken. The others are not lent to
    /// this borrower (any more): they have a result, or were given back.
    std::vector<ModelId> recordLent(const std::string& borrower, const std::vector<TrainedModel>&);
    /// Of these models those that are lent to the borrower still wait again, with these epochs where they were begun
    /// there; how many.
    std::int64_t takeBack(const std::vector<ModelId>&, const std::string& borrower,
                          const std::map<ModelId, std::vector<Epoch>>& begun = {});

    void recordTest(const TestResult&);    ///< replaces that of the same model and data; the model must be finished
    std::vector<TestResult> tests() const; ///< in order of model and data

    /// Where the weights of a model are kept: NAME.weights/ID.safetensors beside the study file.
    std::filesystem::path checkpointPath(ModelId) const;

private:
    explicit Study(const std::filesystem::path&, std::unique_ptr<Database>);
    std::optional<std::int64_t> claimOf(ModelId) const;
    std::filesystem::path m_path;
    std::unique_ptr<Database> m_database;
    Recipe m_recipe;
    std::array<std::uint64_t, 2> m_file{}; ///< the file system's numbers for it
    Claims m_claims;
    LeaseWatch m_watch;
};

} // namespace spacewright
