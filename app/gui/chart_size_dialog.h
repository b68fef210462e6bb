// How large exported charts are, and their letters.
#pragma once
#include "app/gui/charts/figure.h"

#include <QDialog>

class QDoubleSpinBox;
class QSpinBox;

namespace spacewright {

/// What was chosen last, also in an earlier run.
RenderOptions chartSize();

/// Keeps what is chosen for all later exports.
class ChartSizeDialog : public QDialog {
    Q_OBJECT
public:
    explicit ChartSizeDialog(QWidget* parent);
    void accept() override;

private:
    QSpinBox* m_width;
    QSpinBox* m_height;
    QDoubleSpinBox* m_font;
};

} // namespace spacewright
