// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/warnings.h"

namespace QAsyncMySql::Internal {

QList<Warning> warningsFrom(const ResultSet &rows)
{
    QList<Warning> warnings;
    if (rows.columnCount() < 3)
        return warnings;
    warnings.reserve(rows.size());
    for (const Row &row : rows) {
        const QString level = row.tryGet<QString>(0).valueOr(QString());
        warnings.append(Warning(level == u"Note"        ? Warning::Level::Note
                                    : level == u"Error" ? Warning::Level::Error
                                                        : Warning::Level::Warning,
                                row.tryGet<int>(1).valueOr(0), row.tryGet<QString>(2).valueOr(QString())));
    }
    return warnings;
}

} // namespace QAsyncMySql::Internal
