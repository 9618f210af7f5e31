// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/sqlnames.h"

#include <QtCore/QStringListModel>

QT_BEGIN_NAMESPACE
class QCompleter;
class QKeyEvent;
class QPlainTextEdit;
QT_END_NAMESPACE

namespace QAsyncMySql {
class SchemaModel;
}

//! Completes the words in an editor of SQL: shows what SqlNames has for them in a list.
class SqlCompletion : public QObject
{
    Q_OBJECT

public:
    explicit SqlCompletion(QPlainTextEdit *editor);

    void setSchemas(QAsyncMySql::SchemaModel *schemas, const QString &defaultSchema);
    //! Before the editor has seen a key: true if it was meant for the list.
    bool handleKey(QKeyEvent *event);
    //! After the editor has: a list may be of use.
    void keyWritten(QKeyEvent *event);
    void hide();
    //! What would be offered at the cursor.
    QStringList candidates();

private:
    QString wordBefore() const;
    void show(bool always);
    void insert(const QString &word);

    QPlainTextEdit *const m_editor;
    SqlNames m_names;
    QCompleter *m_completer;
    QStringListModel m_words;
    bool m_wanted = false; // a list was asked for, and not sent away
};
