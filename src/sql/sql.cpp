// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sql.h>

namespace QAsyncMySql {

Result<QString> quoteIdentifier(QAnyStringView name)
{
    constexpr qsizetype LongestName = 64; // characters
    const QString text = name.toString();
    const auto refuse = [&text](const QString &why) {
        return Error(Error::Kind::Usage,
                     QStringLiteral("\"%1\" cannot be the name of an object: %2.").arg(text.left(100), why));
    };
    if (text.isEmpty())
        return refuse(QStringLiteral("it is empty"));
    if (text.contains(QChar(u'\0')))
        return refuse(QStringLiteral("it holds a NUL"));
    if (text.back() == u' ')
        return refuse(QStringLiteral("it ends with a space"));
    if (!text.isValidUtf16())
        return refuse(QStringLiteral("it is not valid UTF-16"));
    if (text.toUcs4().size() > LongestName)
        return refuse(QStringLiteral("it is longer than %1 characters").arg(LongestName));
    QString quoted = text;
    quoted.replace(u'`', QStringLiteral("``"));
    return QString(u'`' + quoted + u'`');
}

QString escapeLike(QAnyStringView text, QChar escape)
{
    const QString plain = text.toString();
    QString escaped;
    escaped.reserve(plain.size() + 8);
    for (const QChar c : plain) {
        if (c == u'%' || c == u'_' || c == escape)
            escaped.append(escape);
        escaped.append(c);
    }
    return escaped;
}

} // namespace QAsyncMySql
