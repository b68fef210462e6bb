// One row of the space editor: a parameter with its lower and upper limit.
#pragma once
#include "core/design/space.h"

#include <QObject>
#include <QString>
#include <optional>

class QGridLayout;
class QLineEdit;

namespace spacewright {

/// The closed range that a space leaves a parameter or complexity; infinite where nothing limits it.
struct Limits {
    double low;
    double high;
};
Limits limitsOf(const Space&, const std::string& parameter);

/// Empty fields leave the limit as it is; what it is stands in them in grey.
class LimitRow : public QObject {
    Q_OBJECT
public:
    LimitRow(const std::string& parameter, QGridLayout*, QWidget* parent);

    void reset(const Limits&);
    void setEnabled(bool);
    /// None when nothing was typed.
    std::optional<Constraint> constraint() const;
    /// Empty, or what is wrong with what was typed.
    QString problem() const;
    const std::string& parameter() const { return m_parameter; }

Q_SIGNALS:
    void edited();

private:
    QLineEdit* addField(const QString& name, QGridLayout*, int column, QWidget* parent);
    std::string m_parameter;
    QLineEdit* m_low;
    QLineEdit* m_high;
};

} // namespace spacewright
