// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/statementhistory.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtQml/qqmlregistration.h>

//! The statements that were run, the newest first, to step through and to search in. Delegates find them on
//! one line as \c display and whole as \c edit.
class HistorySearch : public QSortFilterProxyModel
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    QML_ELEMENT

public:
    explicit HistorySearch(QObject *parent = nullptr);

    //! Only statements that contain it are shown.
    QString text() const { return m_text; }
    void setText(const QString &text);
    Q_INVOKABLE void add(const QString &sql) { m_history.add(sql); }
    //! The statement that is \a age back, 0 the newest, whatever is searched for; empty beyond the last.
    Q_INVOKABLE QString at(int age) const { return m_history.at(age); }
    //! The statement in this row of what was found.
    Q_INVOKABLE QString statement(int row) const;

Q_SIGNALS:
    void textChanged();

private:
    StatementHistory m_history;
    QString m_text;
};
