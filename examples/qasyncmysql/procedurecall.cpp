// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "procedurecall.h"

#include <QRegularExpression>

namespace Cli {

bool isCall(const QString &sql)
{
    static const QRegularExpression call(QStringLiteral("^\\s*CALL\\s"),
                                         QRegularExpression::CaseInsensitiveOption);
    return call.match(sql).hasMatch();
}

QString calledProcedure(const QString &sql)
{
    // Names with a point or a backtick in them are left to the server.
    static const QRegularExpression plain(
        QStringLiteral(
            "^\\s*CALL\\s+(`?)([\\w$]+)\\1(?:\\.(`?)([\\w$]+)\\3)?\\s*\\(\\s*\\?(?:\\s*,\\s*\\?)*\\s*"
            "\\)\\s*;?\\s*$"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    const QRegularExpressionMatch match = plain.match(sql);
    if (!match.hasMatch())
        return {};
    const QString first = match.captured(2);
    const QString second = match.captured(4);
    return second.isEmpty() ? first : first + u'.' + second;
}

} // namespace Cli
