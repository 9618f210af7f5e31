// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/modelchannel.h"

#include <QAsyncMySql/tablemodel.h>

#include <QtCore/QCache>
#include <QtCore/QHash>
#include <QtCore/QSet>

#include <map>

namespace QAsyncMySql::Internal {

/*!
    What the keys in the columns of a TableModel stand for: texts of other tables.

    The keys that views ask for in one turn of the event loop are looked up together, and kept.
*/
class RelationTexts : public QObject
{
public:
    explicit RelationTexts(TableModel *model);

    void set(const QString &column, const TableRelation &relation);
    TableRelation relation(const QString &column) const;
    bool isEmpty() const noexcept { return m_columns.empty(); }
    bool has(const QString &column) const { return m_columns.count(column.toCaseFolded()) > 0; }
    /*! The text for \a keys in \a row of \a column, which has a relation; null if it is not known, and asked
       for by this. The first key is that of the column, the others are those of furtherColumns. */
    QString text(const QString &column, int row, const QVariantList &keys);
    //! Calls \a done with the relation, completed by the foreign key, now or later; not if that fails.
    void whenComplete(const QString &column, QObject *context,
                      std::function<void(const TableRelation &)> done);
    //! Sets a relation for each foreign key of the table.
    void findAll();
    //! Texts are asked for again as they are looked at, and shown meanwhile.
    void refresh();
    void setPool(Pool *pool);
    void setConnection(Connection *connection);
    //! Another table: the relations go, too.
    void clear();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Text
    {
        QString text; // null: there is no such row
        quint64 generation = 0;
    };
    struct Place
    {
        QVariantList keys;
        int firstRow = 0;
        int lastRow = 0;
    };
    struct Column
    {
        TableRelation relation;
        std::vector<std::pair<QPointer<QObject>, std::function<void(const TableRelation &)>>> waiting;
        QCache<QString, Text> texts{10'000};
        std::map<QString, Place> wanted; // by the text of the keys
        bool completing = false; // by the foreign key
        bool fetching = false;
    };

    void serve(const QString &name);
    void complete(const QString &name);
    void completed(const QString &name, const Result<ResultSet> &result);
    void fetch(const QString &name);
    void fetched(const QString &name, const std::map<QString, Place> &wanted,
                 const Result<ResultSet> &result);
    void tellChanged(const QString &name, int first, int last);
    void forget();
    void report(const Error &error);

    TableModel *const m_model;
    ModelChannel m_channel;
    std::map<QString, Column> m_columns; // by the name in small letters
    QBasicTimer m_timer;
    quint64 m_generation = 1;
};

} // namespace QAsyncMySql::Internal
