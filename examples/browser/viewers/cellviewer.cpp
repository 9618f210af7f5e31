// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "viewers/cellviewer.h"

#include "../shared/figures.h"
#include "grid/gridview.h"
#include "viewers/hexview.h"
#include "viewers/imageview.h"

#include <QAsyncMySql/querymodel.h>

#include <QtCore/QJsonDocument>
#include <QtGui/QFontDatabase>
#include <QtGui/QImage>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QVBoxLayout>

using QAsyncMySql::QueryModel;

namespace {

// An editor lays out all of its text at once.
constexpr qsizetype LongestText = 1'000'000; // characters

QPlainTextEdit *textPage()
{
    auto *page = new QPlainTextEdit;
    page->setReadOnly(true);
    page->setTabChangesFocus(true);
    page->setFrameShape(QFrame::NoFrame);
    page->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return page;
}

void setCutText(QPlainTextEdit *page, const QString &text)
{
    page->setPlainText(text.size() <= LongestText ? text
                                                  : text.left(LongestText)
                               + CellViewer::tr("\n… %1 more characters; an export has all")
                                     .arg(countText(text.size() - LongestText)));
}

} // namespace

CellViewer::CellViewer(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_pages(new QTabWidget)
    , m_text(textPage())
    , m_json(textPage())
    , m_image(new ImageView)
    , m_hex(new HexView)
{
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_title->setMargin(6);
    m_pages->setDocumentMode(true);
    m_pages->addTab(m_text, tr("Text"));
    m_pages->addTab(m_json, tr("JSON"));
    m_pages->addTab(m_image, tr("Image"));
    m_pages->addTab(m_hex, tr("Bytes"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_pages, 1);
    clear();
}

void CellViewer::follow(GridView *grid)
{
    if (m_grid == grid)
        return;
    if (m_grid) {
        m_grid->disconnect(this);
        if (m_grid->model())
            m_grid->model()->disconnect(this);
    }
    m_grid = grid;
    if (grid) {
        connect(grid, &GridView::currentCellChanged, this, &CellViewer::showCell);
        connect(grid->model(), &QAbstractItemModel::dataChanged, this,
                [this](const QModelIndex &first, const QModelIndex &last) {
                    if (m_cell.row() >= first.row() && m_cell.row() <= last.row())
                        showCell(m_cell);
                });
        connect(grid->model(), &QAbstractItemModel::modelReset, this, [this] { showCell(QModelIndex()); });
    }
    showCell(grid ? grid->currentIndex() : QModelIndex());
}

void CellViewer::showCell(const QModelIndex &cell)
{
    m_cell = cell;
    if (isVisible()) // else when it becomes so
        showValue();
}

void CellViewer::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showValue();
}

void CellViewer::clear()
{
    m_text->clear();
    m_json->clear();
    m_image->setImage(QImage());
    m_hex->setBytes(QByteArray());
    m_title->setText(tr("No cell"));
}

void CellViewer::showValue()
{
    clear();
    if (!m_cell.isValid())
        return;
    const QVariant value = m_cell.data(Qt::EditRole);
    const QString type = m_cell.data(QueryModel::TypeNameRole).toString();
    QString title = m_cell.data(QueryModel::ColumnNameRole).toString() + QLatin1String("   ") + type;
    if (m_cell.data(QueryModel::IsNullRole).toBool()) {
        m_title->setText(title + QLatin1String("   NULL"));
        return;
    }
    const bool binary = value.typeId() == QMetaType::QByteArray;
    // An edited value has no bytes of the server's.
    const QByteArray raw = m_cell.data(QueryModel::RawRole).toByteArray();
    const QByteArray bytes = binary ? value.toByteArray() : raw.isEmpty() ? value.toString().toUtf8() : raw;
    m_title->setText(title + QLatin1String("   ") + tr("%1 bytes").arg(countText(bytes.size())));

    const bool isText = value.typeId() == QMetaType::QString;
    const QString text = binary ? QString::fromUtf8(bytes)
        : isText                ? value.toString()
                                : m_cell.data(Qt::DisplayRole).toString();
    setCutText(m_text, text);
    m_hex->setBytes(bytes);
    const QImage image = binary ? QImage::fromData(bytes) : QImage();
    m_image->setImage(image);
    const QByteArray utf8 = text.toUtf8();
    const bool mayBeJson = isText || type == QLatin1String("JSON");
    const QJsonDocument json = mayBeJson ? QJsonDocument::fromJson(utf8) : QJsonDocument();
    const bool isJson = json.isObject() || json.isArray();
    if (isJson)
        setCutText(m_json, QString::fromUtf8(json.toJson(QJsonDocument::Indented)));
    m_pages->setCurrentIndex(isJson ? JsonPage : !image.isNull() ? ImagePage : binary ? HexPage : TextPage);
}
