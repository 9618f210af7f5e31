// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QCache>
#include <QtGui/QFont>
#include <QtGui/QStaticText>

#include <utility>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

/*!
    Draws single lines of text, and remembers how they are laid out: laying out is most of what drawing a
    text costs, and a view draws the same texts again after each insertion of rows.
*/
class TextCache
{
public:
    //! Draws \a text into \a rect, in the middle of its height and on the side that \a alignment says; with
    //! an ellipsis where it is too long.
    void draw(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &text,
              const QFont &font);

    //! Has the glyphs of \a font that most texts need drawn now rather than when the first rows come, which
    //! takes ten milliseconds or more.
    static void loadGlyphs(const QFont &font);

private:
    // By the text, and the width (px) of those that have to be cut.
    QCache<std::pair<QString, int>, QStaticText> m_texts{4096};
    QFont m_font;
};
