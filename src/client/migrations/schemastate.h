// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

namespace QAsyncMySql::Internal {

/*!
    What a schema is made of, as digests of its definitions: to see later what was changed, and to say so by
    name. Rows, and what changes by itself (AUTO_INCREMENT's counter), are no part of it.
*/
class SchemaState
{
public:
    //! \a definition is what SHOW CREATE TABLE gives; its columns, indexes and constraints are told apart.
    void addTable(const QString &name, const QString &definition);
    //! Another object: \a kind is a word for messages. A null \a definition: this account may not see it.
    void add(const QString &kind, const QString &name, const QString &definition);
    //! The version of the server, which may write the same definition differently.
    void setServer(const QString &version) { m_server = version; }

    QByteArray toJson() const;
    static SchemaState fromJson(const QByteArray &json);
    //! True for one that was not written, or not by this class.
    bool isNull() const noexcept { return m_objects.isEmpty() && m_server.isEmpty(); }

    //! What is not as in \a before, in words: \c{table "people" was changed (column "age" is gone)}.
    QStringList changesSince(const SchemaState &before) const;

private:
    QJsonObject m_objects; // 'table "people"' to its parts, each with its digest
    QString m_server;
};

} // namespace QAsyncMySql::Internal
