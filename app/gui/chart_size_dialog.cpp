// How large exported charts are, and their letters.
#include "app/gui/chart_size_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QSettings>
#include <QSpinBox>

namespace spacewright {

RenderOptions chartSize()
{
    const QSettings settings;
    const RenderOptions usual;
    return {settings.value("chart/width", usual.width).toInt(), settings.value("chart/height", usual.height).toInt(),
            settings.value("chart/font", usual.fontPoints).toDouble()};
}

ChartSizeDialog::ChartSizeDialog(QWidget* parent)
    : QDialog(parent), m_width(new QSpinBox(this)), m_height(new QSpinBox(this)), m_font(new QDoubleSpinBox(this))
{
    setWindowTitle(tr("Size of exported charts"));
    const RenderOptions now = chartSize();
    const auto size = [&](QSpinBox* box, const char* name, int value) {
        box->setObjectName(name);
        box->setRange(0, 10000);
        box->setSuffix(tr(" points"));
        box->setSpecialValueText(tr("as it needs"));
        box->setToolTip(tr("In 1/96 inch; 0 leaves it to the figure."));
        box->setValue(value);
    };
    size(m_width, "chartWidth", now.width);
    size(m_height, "chartHeight", now.height);
    m_font->setObjectName("chartFont");
    m_font->setRange(0, 72);
    m_font->setDecimals(1);
    m_font->setSuffix(tr(" pt"));
    m_font->setSpecialValueText(tr("the desktop's"));
    m_font->setValue(now.fontPoints);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &ChartSizeDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* form = new QFormLayout(this);
    form->addRow(tr("&width"), m_width);
    form->addRow(tr("&height"), m_height);
    form->addRow(tr("&letters"), m_font);
    form->addRow(buttons);
}

void ChartSizeDialog::accept()
{
    QSettings settings;
    settings.setValue("chart/width", m_width->value());
    settings.setValue("chart/height", m_height->value());
    settings.setValue("chart/font", m_font->value());
    QDialog::accept();
}

} // namespace spacewright
