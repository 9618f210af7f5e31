// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/columnlookup.h"

#include "values/columndata.h"
#include "values/logging.h"

namespace QAsyncMySql::Internal {

Q_LOGGING_CATEGORY(lcValues, "qasyncmysql.values")

int columnIndex(const QList<Column> &columns, QAnyStringView name) noexcept
{
    for (const Qt::CaseSensitivity sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
        for (qsizetype i = 0; i < columns.size(); ++i) {
            const ColumnData *data = columns.at(i).constData();
            if (data && QAnyStringView::compare(QUtf8StringView(data->name), name, sensitivity) == 0)
                return int(i);
        }
    }
    return -1;
}

QString columnNames(const QList<Column> &columns)
{
    constexpr qsizetype Shown = 20;
    QStringList names;
    for (const Column &column : columns.first(qMin(Shown, columns.size())))
        names.append(column.name());
    if (columns.size() > Shown)
        names.append(QStringLiteral("…"));
    return names.join(QStringLiteral(", "));
}

} // namespace QAsyncMySql::Internal
