// The open study as the background thread works on it. Knows no Qt and no other thread.
#pragma once
#include "app/gui/snapshot.h"
#include "core/exchange/exported_model.h"
#include "core/exchange/population_file.h"
#include "core/statistics/pursuit.h"
#include "core/figures/paper_path.h"
#include "core/network/layer_table.h"
#include "core/statistics/linear_fit.h"
#include "core/study/drawn_space.h"
#include "core/study/refinement.h"

#include <functional>

namespace spacewright {

struct PopulationFormat;

/// One model with what it is made of and what it went through.
struct ModelDetails {
    Model model;
    std::string space;
    std::vector<Epoch> epochs;
    std::vector<LayerRow> layers;
    LinearFit fit; ///< of its widths
};

class Session {
public:
    using Creator = std::function<Study(const std::filesystem::path&)>;

    /// Opens for reading and writing, else for reading only; makes the study first when it is missing and `create`
    /// is given. Keeps the study that is open when it throws. Whether models were taken back from a process that died.
    bool open(const std::filesystem::path&, const Creator& create = {});
    void close();
    /// Opens another study for reading, whose populations are shown beside this one's, also as they grow.
    void compareWith(const std::filesystem::path&);
    void endComparison();
    bool isOpen() const { return m_study.has_value(); }
    /// Whether the study's file is in its place. One that was away is opened anew: its connection may be of no use any
    /// more, on network file systems without showing it otherwise.
    bool findAgain();
    /// Models that a dead process left running wait again.
    void releaseAbandoned();
    bool readOnly() const { return m_readOnly; }
    const Recipe& recipe() const { return m_study->recipe(); }
    /// Whether anyone wrote since the last snapshot.
    bool changed() const;

    std::shared_ptr<const Snapshot> snapshot(const Look&);
    SpaceId refine(const Refinement&, std::stop_token);
    SpaceId takePaperStep(SpaceId from, const PaperStep&, std::stop_token);
    /// Draws `n` further models of a space; which they are.
    std::vector<ModelId> addModels(SpaceId, int n, std::stop_token);
    /// To be trained before all others.
    AddedModel addCopy(const EditedCopy&);
    void setAside(SpaceId, bool);
    void setAside(const std::vector<ModelId>&, bool);
    void setNote(SpaceId, const std::string&);
    void retry(ModelId);
    void setNext(const std::vector<ModelId>&, bool isNext);
    void setPriority(SpaceId, int);
    /// What comes next until the space and its parent are decided, by the last snapshot; draws what that asks for.
    NextStep pursue(SpaceId, int limit, std::stop_token);
    ModelDetails details(ModelId) const;
    /// What was written and how it was checked, in a sentence. Models that a format cannot express do not keep the
    /// others here: the Error comes at the end.
    std::string exportModels(const std::vector<ModelId>&, const ModelFormat&, bool folded,
                             const std::filesystem::path&) const;
    /// The new space, and what came in, in sentences.
    std::pair<SpaceId, std::string> importPopulation(const std::filesystem::path&);
    /// What was written, in a sentence.
    std::string exportPopulation(SpaceId, const PopulationFormat&, const std::filesystem::path&) const;
    std::vector<TestResult> tests() const { return m_study->tests(); }

private:
    /// A study as it is followed: its latest view and the file's version that it is of.
    struct Followed {
        std::optional<Study> study;
        StudyFollower follower;
        std::shared_ptr<const StudyView> view;
        std::int64_t version = -1;
    };
    std::optional<Study> m_study;
    bool m_readOnly = false;
    std::shared_ptr<const StudyView> m_view; ///< of m_version
    std::shared_ptr<const ModelRows> m_rows; ///< of m_view
    StudyFollower m_follower;
    DivergedModels m_diverged = DivergedModels::atChance;
    std::int64_t m_version = -1;
    std::vector<Followed> m_others;
};

} // namespace spacewright
