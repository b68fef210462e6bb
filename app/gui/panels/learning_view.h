// How the training of the model that is looked at went, epoch by epoch.
#pragma once
#include "core/figures/model_curves.h"

#include <QWidget>
#include <array>

class QLabel;

namespace spacewright {

class ChartView;

class LearningView : public QWidget {
    Q_OBJECT
public:
    explicit LearningView(QWidget* parent = nullptr);

    /// One model, or two to compare.
    void setModels(const std::vector<ShownModel>&);

Q_SIGNALS:
    void exportRequested(Figure);

private:
    std::vector<Panel> m_panels; ///< errors and losses, or none
    QLabel* m_words;
    std::array<ChartView*, 2> m_views;
};

} // namespace spacewright
