// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/excerpt.h"

#include "sql/lexer.h"
#include "values/textcut.h"

namespace QAsyncMySql::Internal {

namespace {

constexpr QChar Ellipsis(u'…');

//! What stands for \a text, a literal or comment.
QString masked(Lexer::Token token, QByteArrayView text)
{
    switch (token) {
    case Lexer::Token::Space:
    case Lexer::Token::Comment:
        return QStringLiteral(" ");
    case Lexer::Token::Text:
        return QLatin1Char(text.front()) + QString(Ellipsis) + QLatin1Char(text.front());
    case Lexer::Token::Word:
        if (text.startsWith("0x") || text.startsWith("0X"))
            return QStringLiteral("0x") + Ellipsis;
        break;
    default:
        break;
    }
    return QString::fromUtf8(text);
}

} // namespace

QString sqlExcerpt(const QString &sql, qsizetype limit)
{
    // Comments and what is quoted may be long; what is read for so short a text need not be.
    const QByteArray bytes = cutText(sql, limit * 16).toUtf8();
    bool whole = sql.size() <= limit * 16;
    Lexer lexer(bytes);
    QString shown;
    for (;;) {
        const Lexer::Token token = lexer.next();
        if (token == Lexer::Token::End)
            break;
        const bool unsure = lexer.ambiguity() & ~quint8(Lexer::ExecutableComment);
        if (unsure || shown.size() > limit * 2) {
            whole = false;
            break;
        }
        shown += masked(token, lexer.text());
    }
    shown = shown.simplified();
    return whole && shown.size() <= limit ? shown : cutText(shown, limit) + Ellipsis;
}

} // namespace QAsyncMySql::Internal
