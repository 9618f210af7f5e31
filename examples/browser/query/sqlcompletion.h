// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QStringListModel>

QT_BEGIN_NAMESPACE
class QCompleter;
class QKeyEvent;
class QModelIndex;
class QPlainTextEdit;
QT_END_NAMESPACE

namespace QAsyncMySql {
class SchemaModel;
}

/*!
    Completes words in an editor of SQL: keywords, schemas, the tables of the default schema or of the one
    before the point, and the columns of the tables that the text names.

    Names come from a SchemaModel. What it has not read yet is asked for, and offered as soon as it is there.
*/
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
    QString textBefore() const;
    QString wordBefore() const;
    void show(bool always);
    void insert(const QString &word);
    QModelIndex schemaNode(const QString &name);
    QModelIndex tableNode(const QString &schema, const QString &table);
    QStringList namesBelow(const QModelIndex &parent, bool columns);
    QStringList columnsOfNamedTables();

    QPlainTextEdit *const m_editor;
    QPointer<QAsyncMySql::SchemaModel> m_schemas;
    QString m_defaultSchema;
    QCompleter *m_completer;
    QStringListModel m_words;
    bool m_wanted = false; // a list was asked for, and not sent away
    bool m_waiting = false; // for names that were asked for
};
