// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/qasyncmysql_models_export.h>

#include <QtCore/QObject>

namespace QAsyncMySql {

/*!
    Tells models that a table has changed, so that they need not ask for it (see
    TableModel::setChangeSource()).

    Derive from it, and emit tableChanged() when your program hears of a change: from a message of another
    program, say, or from a reader of the server's binary log. Signals may come as often as they like; models
    gather them. In the models' thread.

    \since 1.0
*/
class QASYNCMYSQL_MODELS_EXPORT ChangeSource : public QObject
{
    Q_OBJECT

public:
    explicit ChangeSource(QObject *parent = nullptr);
    ~ChangeSource() override;

Q_SIGNALS:
    //! The rows of \a table may have changed. An empty \a schema means any schema, an empty \a table any
    //! table.
    void tableChanged(const QString &schema, const QString &table);
};

} // namespace QAsyncMySql
