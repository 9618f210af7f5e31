// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtWidgets/QAbstractScrollArea>

//! Bytes as hexadecimal digits and as characters, 16 in a line. Only the lines in sight are made, so that
//! the size does not matter.
class HexView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit HexView(QWidget *parent = nullptr);

    void setBytes(const QByteArray &bytes);
    QByteArray bytes() const { return m_bytes; }
    //! A line as it is painted.
    QString line(qsizetype number) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateScrollBars();

    QByteArray m_bytes;
};
