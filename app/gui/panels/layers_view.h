// The layers of the network that is looked at, and where the time goes.
#pragma once
#include "app/gui/bridge.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace spacewright {

class LayerModel;

class LayersView : public QWidget {
    Q_OBJECT
public:
    explicit LayersView(QWidget* parent = nullptr);

    /// The same network again keeps its times.
    void setNetwork(const Network&, std::vector<LayerRow>);
    /// Of another network than the one that is shown: nothing happens.
    void showTimes(const LayerTimes&);

Q_SIGNALS:
    void timesWanted(Network);

private:
    LayerModel* m_model;
    QTableView* m_table;
    QLabel* m_words;
    QPushButton* m_measure;
    Network m_network;
    std::vector<LayerRow> m_rows;
};

} // namespace spacewright
