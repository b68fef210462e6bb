// The confusion matrix as a picture: rows are labels, columns answers.
#pragma once
#include "core/statistics/confusion.h"

#include <QWidget>

namespace spacewright {

class ConfusionMatrix : public QWidget {
    Q_OBJECT
public:
    /// A label and an answer.
    using Cell = std::pair<int, int>;
    explicit ConfusionMatrix(QWidget* parent = nullptr);

    void setConfusion(const Confusion&, std::vector<std::string> classes);
    void setColour(const QColor&); ///< of what lies off the diagonal
    /// Framed; none: nothing is chosen.
    const std::optional<Cell>& chosen() const { return m_chosen; }
    /// Where the cell is drawn, for tests and tooltips.
    QRectF place(const Cell&) const;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {240, heightForWidth(240)}; }

Q_SIGNALS:
    /// By a click or the keys; the chosen one again, or Escape, chooses none.
    void chosenChanged();

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    bool event(QEvent*) override;

private:
    qreal margin() const;
    qreal top() const;
    QString name(int classNumber) const;
    QString cellText(const Cell&) const;
    std::optional<Cell> cellAt(QPointF) const;
    void choose(std::optional<Cell>);
    void paintCells(QPainter&) const;
    void paintNames(QPainter&) const;

    Confusion m_confusion;
    std::vector<std::string> m_classes;
    QColor m_colour;
    std::optional<Cell> m_chosen;
};

} // namespace spacewright
