// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/sqlnames.h"

#include <QAsyncMySql/error.h>

#include <QtCore/QAbstractItemModel>
#include <QtCore/QPointer>
#include <QtCore/QVariantMap>
#include <QtQml/qqmlregistration.h>

//! What an editor of SQL in QML needs to know of the text in it, and a page of errors.
class SqlAssistant : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QAbstractItemModel *schemas READ schemas WRITE setSchemas NOTIFY schemasChanged FINAL)
    Q_PROPERTY(QString defaultSchema READ defaultSchema WRITE setDefaultSchema NOTIFY schemasChanged FINAL)
    QML_ELEMENT

public:
    explicit SqlAssistant(QObject *parent = nullptr);

    //! A SqlSchemaModel, whose names are completed.
    QAbstractItemModel *schemas() const { return m_schemas; }
    void setSchemas(QAbstractItemModel *schemas);
    QString defaultSchema() const { return m_defaultSchema; }
    void setDefaultSchema(const QString &schema);

    Q_INVOKABLE QString wordBefore(const QString &text, int cursor) const;
    Q_INVOKABLE bool isPromising(const QString &text, int cursor) const;
    //! What the word before the cursor may become; empty if there is nothing to add to it.
    Q_INVOKABLE QStringList completions(const QString &text, int cursor);
    //! The statement at the cursor: {text, position}.
    Q_INVOKABLE QVariant statementAt(const QString &text, int cursor) const;
    //! What in a statement an error is about: {position, length}, with a length of 0 where that is not known.
    Q_INVOKABLE QVariant errorPlace(const QAsyncMySql::Error &error, const QString &statement) const;
    //! What an error means: {title, message, advice}.
    Q_INVOKABLE QVariant explain(const QAsyncMySql::Error &error) const;

Q_SIGNALS:
    void schemasChanged();
    //! Names are there that completions() had asked for.
    void arrived();

private:
    QPointer<QAbstractItemModel> m_schemas;
    QString m_defaultSchema;
    SqlNames m_names;
};
