// Images of a data set with what they are and what a network takes them for.
#pragma once
#include <QImage>
#include <QString>
#include <QWidget>
#include <vector>

namespace spacewright {

struct ImageSet;

/// One image of the set, enlarged by nobody: channels x size x size bytes become a picture of size x size.
QImage imageOf(const ImageSet&, std::size_t number);

struct Example {
    QImage image;
    QString label, answer; ///< names of classes
    double probability = 0;
    std::size_t number = 0; ///< in the set
};

class ExampleImages : public QWidget {
    Q_OBJECT
public:
    explicit ExampleImages(QWidget* parent = nullptr);

    void setExamples(std::vector<Example>);
    const std::vector<Example>& examples() const { return m_examples; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {240, heightForWidth(240)}; }

protected:
    void paintEvent(QPaintEvent*) override;
    bool event(QEvent*) override;

private:
    int columns(int width) const;
    QRect cell(std::size_t, int width) const;
    std::vector<Example> m_examples;
};

} // namespace spacewright
