// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "types/historysearch.h"

HistorySearch::HistorySearch(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSourceModel(&m_history);
    setFilterRole(Qt::EditRole);
    setFilterCaseSensitivity(Qt::CaseInsensitive);
}

void HistorySearch::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setFilterFixedString(text);
    Q_EMIT textChanged();
}

QString HistorySearch::statement(int row) const
{
    return index(row, 0).data(Qt::EditRole).toString();
}
