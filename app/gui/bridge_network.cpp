// Bridge, what is asked about single networks.
#include "app/gui/bridge.h"

namespace spacewright {

void Bridge::askDetails(const std::vector<ModelId>& ids)
{
    postLatest<std::vector<ModelDetails>>(
        m_background, m_details,
        [this, ids] {
            std::vector<ModelDetails> details;
            for (const ModelId id : ids)
                details.push_back(m_session.details(id));
            return details;
        },
        &Bridge::detailsReady);
}

void Bridge::askLayerTimes(const Network& network)
{
    postLatest<LayerTimes>(
        m_networks, m_layerTimes,
        [network] {
            LayerTimes times{network, {}, {}};
            try {
                times.seconds = training().layerSeconds(network);
            } catch (const std::exception& error) {
                times.problem = QString::fromUtf8(error.what());
            }
            return times;
        },
        &Bridge::layerTimesReady);
}

void Bridge::askMistakes(ModelId id)
{
    m_mistakesStop.request_stop();
    m_mistakesStop = std::stop_source();
    postLatest<Mistakes>(
        m_networks, m_mistakes,
        [this, id, path = m_path, stop = m_mistakesStop.get_token()] {
            Mistakes mistakes{id, {}, {}};
            try {
                // A connection of its own: the session's belongs to another thread.
                const Study study(path, Study::Access::readOnly);
                mistakes.answers = std::make_shared<const ValidationAnswers>(m_examiner.examine(study, id, stop));
            } catch (const std::exception& error) {
                mistakes.problem = QString::fromUtf8(error.what());
            }
            return mistakes;
        },
        &Bridge::mistakesReady);
}

void Bridge::trainCopy(const EditedCopy& copy)
{
    post([this, copy](std::stop_token) {
        const AddedModel added = m_session.addCopy(copy);
        deliver([this, name = QString::fromStdString(copy.name), added] {
            modelsAdded();
            if (!m_trainingWanted)
                train();
            Q_EMIT copyAdded(name, static_cast<qint64>(added.space), static_cast<qint64>(added.model));
        });
    });
}

} // namespace spacewright
