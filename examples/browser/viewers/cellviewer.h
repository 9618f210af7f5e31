// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QPersistentModelIndex>
#include <QtCore/QPointer>
#include <QtWidgets/QTabWidget>

class GridView;
class HexView;
class ImageView;

QT_BEGIN_NAMESPACE
class QLabel;
class QPlainTextEdit;
QT_END_NAMESPACE

//! The value of the current cell, whole: as text, as JSON, as an image, and byte by byte. Shows what suits
//! the value, until the user chooses.
class CellViewer : public QWidget
{
    Q_OBJECT

public:
    enum Page
    {
        TextPage,
        JsonPage,
        ImagePage,
        HexPage
    };

    explicit CellViewer(QWidget *parent = nullptr);

    //! Follows the current cell of \a grid; null shows nothing.
    void follow(GridView *grid);
    QTabWidget *pages() const { return m_pages; }
    Page currentPage() const { return Page(m_pages->currentIndex()); }
    QPlainTextEdit *text() const { return m_text; }
    QPlainTextEdit *json() const { return m_json; }
    ImageView *image() const { return m_image; }
    HexView *hex() const { return m_hex; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showCell(const QModelIndex &cell);
    void showValue();

    QPointer<GridView> m_grid;
    QPersistentModelIndex m_cell;
    QLabel *m_title;
    QTabWidget *m_pages;
    QPlainTextEdit *m_text;
    QPlainTextEdit *m_json;
    ImageView *m_image;
    HexView *m_hex;
};
