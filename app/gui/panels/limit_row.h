// One row of the space editor: a parameter with its spread, and its lower and upper limit.
#pragma once
#include "app/gui/panels/range_histogram.h"

#include <QObject>
#include <QString>
#include <optional>

class QGridLayout;
class QLineEdit;

namespace spacewright {

/// What a person typed, or dragged: empty fields leave the limit as it is.
struct LimitTexts {
    QString low, high;

    bool operator==(const LimitTexts&) const = default;
};

/// What the space's own limit is stands in empty fields in grey.
class LimitRow : public QObject {
    Q_OBJECT
public:
    LimitRow(const std::string& parameter, QGridLayout*, QWidget* parent);
    ~LimitRow() override;

    void reset(const Limits&);
    void setTexts(const LimitTexts&);
    /// Infinite ends are left empty.
    void setLimits(const Constraint&);
    QList<QLineEdit*> fields() const { return {m_low, m_high}; }
    LimitTexts texts() const;
    void showSpread(const Spread&, const QColor&);
    void setVisible(bool);
    /// None when nothing was typed.
    std::optional<Constraint> constraint() const;
    /// Empty, or what is wrong with what was typed.
    QString problem() const;
    const std::string& parameter() const { return m_parameter; }
    /// Of one stage, such as w4.
    bool ofStage() const;

Q_SIGNALS:
    /// Steps of one gesture share its name, which is not shown.
    void edited(const QString& gesture);

private:
    QLineEdit* addField(const QString& name, QGridLayout*, int column, QWidget* parent);
    void take(RangeHistogram::End, double value, int gesture);
    void placeHandles();
    QString words(double limit) const;

    std::string m_parameter;
    QList<QWidget*> m_widgets; ///< all of the row
    RangeHistogram* m_histogram;
    QLineEdit* m_low;
    QLineEdit* m_high;
};

} // namespace spacewright
