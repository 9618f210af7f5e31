// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/statementhistory.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSettings>

namespace {
constexpr qsizetype MostStatements = 200;
constexpr qsizetype LongestStatement = 20'000; // characters; a longer one is data rather than a statement

QString settingsKey()
{
    return QStringLiteral("history");
}
} // namespace

StatementHistory::StatementHistory(QObject *parent)
    : QStringListModel(parent)
{
    setStringList(QSettings().value(settingsKey()).toStringList());
}

void StatementHistory::add(const QString &sql)
{
    if (sql.isEmpty() || sql.size() > LongestStatement || mayHoldPassword(sql))
        return;
    QStringList statements = stringList();
    statements.removeAll(sql);
    statements.prepend(sql);
    statements.resize(qMin(statements.size(), MostStatements));
    setStringList(statements);
    QSettings().setValue(settingsKey(), statements);
}

// On one line in a list; whole as the value.
QVariant StatementHistory::data(const QModelIndex &index, int role) const
{
    if (role == Qt::DisplayRole)
        return at(index.row()).simplified();
    if (role == Qt::ToolTipRole)
        return QString(QLatin1String("<pre>") + at(index.row()).toHtmlEscaped() + QLatin1String("</pre>"));
    return QStringListModel::data(index, role);
}

Qt::ItemFlags StatementHistory::flags(const QModelIndex &) const
{
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

bool StatementHistory::mayHoldPassword(const QString &sql)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\bidentified\\b|passw|\\bsecret|aes_(en|de)crypt|\\bencode\\s*\\("),
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(sql).hasMatch();
}
