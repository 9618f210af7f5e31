// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "scriptfile.h"

#include "failure.h"

#include <QAsyncMySql/script.h>

#include <QFile>

#include <algorithm>
#include <cstdio>

using namespace QAsyncMySql;

namespace Cli {

Result<QList<StatementToRun>> readScript(const QString &file)
{
    const bool isInput = file == u"-";
    QFile device(file);
    const bool opened = isInput ? device.open(stdin, QIODevice::ReadOnly) : device.open(QIODevice::ReadOnly);
    if (!opened) {
        return usageError(QStringLiteral("The script %1 cannot be read: %2").arg(file, device.errorString()));
    }
    const QByteArray bytes = device.readAll();
    if (device.error() != QFileDevice::NoError)
        return usageError(QStringLiteral("The script %1 cannot be read: %2").arg(file, device.errorString()));
    if (!QByteArrayView(bytes).isValidUtf8())
        return usageError(QStringLiteral("The script %1 is not UTF-8 text.").arg(file));

    const QString name = isInput ? QStringLiteral("standard input") : file;
    QList<StatementToRun> statements;
    qsizetype line = 1;
    const char *counted = bytes.constData();
    for (const QByteArrayView statement : splitStatements(bytes)) {
        line += std::count(counted, statement.data(), '\n');
        counted = statement.data();
        statements.append(StatementToRun(QString::fromUtf8(statement), name + u':' + QString::number(line)));
    }
    return statements;
}

} // namespace Cli
