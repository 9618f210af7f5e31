// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "grid/textcache.h"

#include <QtGui/QPainter>
#include <QtGui/QPixmap>

namespace {
constexpr qsizetype LongestLine = 200; // characters: no line is as wide
} // namespace

void TextCache::draw(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &text,
                     const QFont &font)
{
    painter->setFont(font);
    if (font != m_font) {
        m_texts.clear();
        m_font = font;
    }
    const QFontMetrics metrics = painter->fontMetrics();
    // Only what may be too long is measured.
    const bool cut = text.size() * metrics.averageCharWidth() * 3 / 2 > rect.width();
    const std::pair<QString, int> key(text, cut ? rect.width() : 0);
    const QStaticText *laidOut = m_texts.object(key);
    if (!laidOut) {
        auto *made = new QStaticText(
            cut ? metrics.elidedText(text.left(LongestLine), Qt::ElideRight, rect.width()) : text);
        made->setTextFormat(Qt::PlainText);
        made->prepare(painter->transform(), font);
        m_texts.insert(key, made);
        laidOut = made;
    }
    const QSizeF size = laidOut->size();
    const bool right = alignment.testFlag(Qt::AlignRight);
    const qreal x = right ? rect.x() + rect.width() - size.width() : rect.x();
    painter->drawStaticText(QPointF(x, rect.y() + (rect.height() - size.height()) / 2), *laidOut);
}

void TextCache::loadGlyphs(const QFont &font)
{
    QString printable;
    for (char16_t c = u' '; c <= u'~'; ++c)
        printable.append(c);
    QPixmap paper(4, 4);
    QPainter painter(&paper);
    painter.setFont(font);
    QStaticText text(printable + QChar(0x2026)); // with the ellipsis
    text.setTextFormat(Qt::PlainText);
    painter.drawStaticText(0, 0, text);
}
