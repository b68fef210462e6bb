// The models that are selected, and the one that is looked at.
#include "app/gui/selection.h"

#include <algorithm>

namespace spacewright {

bool Selection::contains(ModelId model) const
{
    const auto id = static_cast<std::size_t>(model);
    return id < m_has.size() && m_has[id];
}

std::vector<ModelId> Selection::chosen() const
{
    if (isEmpty() || m_currentIsLast)
        return m_current ? std::vector{*m_current} : std::vector<ModelId>();
    return m_models;
}

void Selection::select(std::vector<ModelId> models)
{
    std::erase_if(models, [](ModelId model) { return model < ModelId{0}; });
    m_currentIsLast = false;
    std::sort(models.begin(), models.end());
    models.erase(std::unique(models.begin(), models.end()), models.end());
    if (models == m_models)
        return;
    m_models = std::move(models);
    m_has.assign(m_models.empty() ? 0 : static_cast<std::size_t>(m_models.back()) + 1, false);
    for (const ModelId model : m_models)
        m_has[static_cast<std::size_t>(model)] = true;
    Q_EMIT changed();
}

void Selection::add(const std::vector<ModelId>& models)
{
    std::vector<ModelId> all = m_models;
    all.insert(all.end(), models.begin(), models.end());
    select(std::move(all));
}

void Selection::toggle(ModelId model)
{
    if (!contains(model))
        return add({model});
    std::vector<ModelId> others = m_models;
    std::erase(others, model);
    select(std::move(others));
}

void Selection::setCurrent(std::optional<ModelId> model)
{
    if (model == m_current)
        return;
    m_current = model;
    m_currentIsLast = true;
    Q_EMIT currentChanged();
}

} // namespace spacewright
