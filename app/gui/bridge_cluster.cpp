// The bridge's cluster: what is trained elsewhere, followed and ordered on a thread of its own, since schedulers and
// shared disks may take seconds to answer.
#include "app/gui/bridge.h"

namespace spacewright {

void Bridge::watchCluster()
{
    constexpr int ticksBetween = 5; // a second each
    if (m_ticks % ticksBetween == 0 && !m_lookingAtCluster)
        lookAtCluster();
}

void Bridge::lookAtCluster()
{
    m_lookingAtCluster = true;
    m_cluster.post([this, readOnly = m_readOnly](std::stop_token stop) {
        ClusterJobs jobs;
        try {
            if (!stop.stop_requested())
                jobs = m_clusterWatch.look(readOnly);
        } catch (const std::exception&) { // the study's own connection says what is wrong with it
        }
        deliver([this, jobs = std::move(jobs)] {
            m_lookingAtCluster = false;
            Q_EMIT clusterLookedAt(jobs);
        });
    });
}

void Bridge::orderOfCluster(std::function<std::string(ClusterWatch&)> order)
{
    if (m_closing)
        return;
    m_cluster.post([this, order = std::move(order)](std::stop_token) {
        try {
            const QString done = QString::fromStdString(order(m_clusterWatch));
            deliver([this, done] { Q_EMIT told(done); });
        } catch (const std::exception& error) {
            report(sentenceOf(error));
        }
        deliver([this] {
            lookAtCluster();
            modelsAdded(); // models may wait here again, or no longer
        });
    });
}

void Bridge::submitToCluster(const ClusterRequest& request, const std::string& host)
{
    orderOfCluster([request, host](ClusterWatch& cluster) { return cluster.submit(request, host); });
}

void Bridge::takeBackFromCluster(const std::filesystem::path& bundle)
{
    orderOfCluster([bundle](ClusterWatch& cluster) { return cluster.cancel(bundle); });
}

void Bridge::resumeOnCluster(const std::filesystem::path& bundle)
{
    orderOfCluster([bundle](ClusterWatch& cluster) { return cluster.resume(bundle); });
}

} // namespace spacewright
