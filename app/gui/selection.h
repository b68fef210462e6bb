// The models that are selected, and the one that is looked at: the same everywhere in the window.
#pragma once
#include "core/study/study.h"

#include <QObject>

namespace spacewright {

/// Owned by the window; panels read it, set it, and follow its signals. Ids are those of the study; ids that it does
/// not hold (any more) do no harm.
class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// In order of id.
    const std::vector<ModelId>& models() const { return m_models; }
    bool isEmpty() const { return m_models.empty(); }
    bool contains(ModelId) const;
    /// How charts and tables draw a model: everything is in full colour while nothing is selected.
    bool recedes(ModelId model) const { return !isEmpty() && !contains(model); }
    const std::optional<ModelId>& current() const { return m_current; }
    /// What an action is for, whichever a person pointed at last: the selected models, or the one that is looked at.
    std::vector<ModelId> chosen() const;

    /// Instead of what is selected; in any order.
    void select(std::vector<ModelId>);
    void add(const std::vector<ModelId>&);
    /// Takes the model in, or out again.
    void toggle(ModelId);
    void clear() { select({}); }
    /// Leaves what is selected alone.
    void setCurrent(std::optional<ModelId>);

Q_SIGNALS:
    void changed();
    void currentChanged();

private:
    std::vector<ModelId> m_models;
    std::vector<bool> m_has; ///< by id, as far as the largest
    std::optional<ModelId> m_current;
    bool m_currentIsLast = false; ///< it was chosen after the selection
};

} // namespace spacewright
