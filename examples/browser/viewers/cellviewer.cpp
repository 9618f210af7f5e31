// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "viewers/cellviewer.h"

#include "grid/gridview.h"
#include "values/cellcontent.h"
#include "viewers/hexview.h"
#include "viewers/imageview.h"

#include <QtGui/QFontDatabase>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QVBoxLayout>

namespace {

QPlainTextEdit *textPage()
{
    auto *page = new QPlainTextEdit;
    page->setReadOnly(true);
    page->setTabChangesFocus(true);
    page->setFrameShape(QFrame::NoFrame);
    page->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return page;
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
    showValue();
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

void CellViewer::showValue()
{
    const CellContent content = CellContent::of(m_cell);
    m_title->setText(content.title);
    m_text->setPlainText(content.text);
    m_json->setPlainText(content.json);
    m_image->setImage(content.image);
    m_hex->setBytes(content.bytes);
    if (m_cell.isValid() && !content.isNull)
        m_pages->setCurrentIndex(content.suited);
}
