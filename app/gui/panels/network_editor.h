// A copy of the network that is looked at, to be changed and trained.
#pragma once
#include "core/study/drawn_space.h"

#include <QWidget>
#include <vector>

class QAbstractSpinBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace spacewright {

class NetworkEditor : public QWidget {
    Q_OBJECT
public:
    explicit NetworkEditor(QWidget* parent = nullptr);

    /// Another model takes the place of what was edited; the same one leaves it alone.
    void setModel(const Model&);
    /// Names that a copy cannot have, and whether the study can be changed.
    void setStudy(const std::vector<std::string>& taken, bool readOnly);
    /// As it would be built; none while nothing differs or it cannot be built.
    const std::optional<Network>& edited() const { return m_edited; }

Q_SIGNALS:
    void editedChanged();
    void trainWanted(EditedCopy);

private:
    /// Depth, width, bottleneck ratio and group width of a stage.
    struct Row {
        QSpinBox *depth, *width;
        QDoubleSpinBox* bottleneckRatio;
        QSpinBox* groupWidth;
        double shownRatio = 0; ///< as the box rounds the model's own
    };
    Row addRow(std::size_t stage, const Stage&);
    void fill();
    void nameIt();
    Network typed() const;
    void takeEdit();
    QString consequences(const Network& wanted, const Network& built) const;

    std::optional<Model> m_model;
    std::vector<std::string> m_taken;
    bool m_readOnly = false;
    std::vector<Row> m_rows;
    std::optional<Network> m_edited;
    QWidget* m_fields;
    QGridLayout* m_grid;
    QLabel* m_counts;
    QLabel* m_note;
    QLineEdit* m_name;
    QPushButton* m_train;
    QPushButton* m_reset;
};

} // namespace spacewright
