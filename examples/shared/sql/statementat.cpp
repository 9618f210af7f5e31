// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/statementat.h"

#include <QAsyncMySql/script.h>

StatementAt StatementAt::find(const QString &script, int cursor)
{
    const QByteArray bytes = script.toUtf8();
    StatementAt found;
    for (const QByteArrayView piece : QAsyncMySql::splitStatements(bytes)) {
        // splitStatements() counts bytes, an editor counts characters.
        found.position = int(QString::fromUtf8(bytes.constData(), piece.data() - bytes.constData()).size());
        found.text = QString::fromUtf8(piece);
        if (cursor <= found.position + found.text.size() + 1) // + 1: behind the semicolon
            break;
    }
    return found;
}
