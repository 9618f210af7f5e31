// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QStringListModel>

/*!
    The statements that were run, the newest first; kept in the settings of the program. Those that look as if
    they had a password in them are not.
*/
class StatementHistory : public QStringListModel
{
    Q_OBJECT

public:
    explicit StatementHistory(QObject *parent = nullptr);

    void add(const QString &sql);
    //! The statement that is \a age back, 0 the newest; empty beyond the last.
    QString at(int age) const { return stringList().value(age); }

    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    static bool mayHoldPassword(const QString &sql);
};
