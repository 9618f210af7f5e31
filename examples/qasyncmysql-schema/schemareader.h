// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/connection.h>

#include <QtCore/QStringList>

/*
    What a schema has, as its information_schema tells: the part of it that becomes C++.
*/
class SchemaColumn
{
public:
    QString name;
    QString dataType; //!< "bigint"
    QString columnType; //!< "bigint(20) unsigned"
    bool nullable = false;
    bool isJson = false; //!< MariaDB's JSON is a text with a check
};

class SchemaTable
{
public:
    QString name;
    QList<SchemaColumn> columns;
};

/*!
    The tables and views of the connection's schema, by name. With \a only, these and no others, and an Error
   of kind Usage for one that is not there. Tables that begin with one of \a exceptPrefixes are left out.
*/
QAsyncMySql::Reply<QAsyncMySql::ResultSet> requestSchema(QAsyncMySql::Connection &connection);
QAsyncMySql::Result<QList<SchemaTable>> readSchema(const QAsyncMySql::ResultSet &rows,
                                                   const QStringList &only, const QStringList &except);
