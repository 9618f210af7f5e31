// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of QueryEditor that finds out which cells can be edited.

#include "models/queryeditor.h"
#include "models/querymodelcore.h"

#include <QtCore/QCoreApplication>

namespace QAsyncMySql::Internal {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("QAsyncMySql::QueryModel", text);
}

} // namespace

void QueryEditor::adopt(bool sameColumns)
{
    if (sameColumns && !m_originOf.isEmpty()) {
        forgetWritten();
        return;
    }
    ++m_generation;
    m_entries.clear();
    m_byKey.clear();
    m_queue.clear();
    m_searches.clear();
    m_searchTimer.stop();
    m_asking = 0;
    findOrigins();
}

void QueryEditor::findOrigins()
{
    m_origins.clear();
    m_originOf.clear();
    m_placeOf.clear();
    m_sources = QuerySources::read(m_core->ranCode());
    for (int place = 0; place < int(m_core->columns().size()); ++place) {
        const Column &column = m_core->columns().at(place);
        m_originOf.append(-1);
        m_placeOf.append(-1);
        if (!m_sources.reason().isEmpty() || column.originalName().isEmpty()
            || !m_sources.has(column.table(), column.originalTable(), column.schema()))
            continue;
        size_t index = 0;
        while (index < m_origins.size()
               && (m_origins[index].alias != column.table()
                   || m_origins[index].schema.schema != column.schema()))
            ++index;
        if (index == m_origins.size()) {
            Origin origin;
            origin.alias = column.table();
            origin.schema.schema = column.schema();
            origin.schema.table = column.originalTable();
            m_origins.push_back(origin);
        }
        m_originOf.last() = int(index);
    }
    if (m_origins.empty())
        return;
    m_core->useChannel(m_channel);
    for (size_t i = 0; i < m_origins.size(); ++i)
        ask(int(i));
}

void QueryEditor::ask(int origin)
{
    const QString schema = m_origins[size_t(origin)].schema.schema;
    const QString table = m_origins[size_t(origin)].schema.table;
    const auto send = [this, origin, generation = m_generation](const SqlFragment &query, auto read) {
        ++m_asking;
        m_channel.run(query.text, query.values,
                      [this, origin, generation, read](const Result<ResultSet> &result) {
                          if (generation != m_generation)
                              return;
                          --m_asking;
                          Origin &asked = m_origins[size_t(origin)];
                          if (result)
                              read(asked.schema, *result);
                          else
                              asked.reason = result.error().message();
                      });
    };
    send(TableSchema::tableQuery(schema, table),
         [](TableSchema &into, const ResultSet &result) { into.readTable(result); });
    send(TableSchema::indexesQuery(schema, table),
         [](TableSchema &into, const ResultSet &result) { into.readIndexes(result); });
    send(TableSchema::columnsQuery(schema, table),
         [this, origin](TableSchema &into, const ResultSet &result) {
             into.readColumns(result);
             asked(origin);
         });
}

// The schema is known: of the table's columns, those in the result stay.
void QueryEditor::asked(int number)
{
    Origin &origin = m_origins[size_t(number)];
    if (!origin.reason.isEmpty())
        return;
    const TableSchema whole = origin.schema;
    origin.schema.columns.clear();
    for (int place = 0; place < int(m_originOf.size()); ++place) {
        const int column
            = m_originOf.at(place) == number ? whole.indexOf(m_core->columns().at(place).originalName()) : -1;
        if (column < 0)
            continue;
        const QString name = whole.columns.at(column).name;
        if (origin.schema.indexOf(name) < 0) {
            origin.schema.columns.append(whole.columns.at(column));
            origin.columns.append(m_core->columns().at(place));
            origin.places.append(place);
        }
        m_placeOf[place] = origin.schema.indexOf(name);
    }
    if (whole.isView)
        origin.reason
            = translated(QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel", "%1 is a view.")).arg(whole.table);
    origin.keyNames = origin.schema.findKey();
    for (const QString &name : std::as_const(origin.keyNames))
        origin.key.append(origin.schema.indexOf(name));
    if (origin.key.isEmpty() && origin.reason.isEmpty()) {
        origin.reason
            = translated(QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel",
                                           "No whole key of the table %1 is among the columns, by which its "
                                           "rows could be found."))
                  .arg(whole.table);
    }
    origin.ready = origin.reason.isEmpty();
    Q_EMIT m_model->editableChanged();
}

QString QueryEditor::refusal(int row, int column) const
{
    if (!m_sources.reason().isEmpty())
        return m_sources.reason();
    const int number = m_originOf.value(column, -1);
    if (number < 0) {
        return translated(
            QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel",
                              "The column is not one of a table that the query names: it is computed, or "
                              "of a query inside of it."));
    }
    const Origin &origin = m_origins[size_t(number)];
    if (!origin.reason.isEmpty())
        return origin.reason;
    if (!origin.ready) {
        return translated(QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel",
                                            "The server is being asked about the table %1."))
            .arg(origin.schema.table);
    }
    const int place = m_placeOf.at(column);
    if (place < 0) {
        return translated(QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel", "The table %1 has no such column."))
            .arg(origin.schema.table);
    }
    // What is refused whatever the value.
    const TableColumn &definition = origin.schema.columns.at(place);
    if (definition.generated || definition.isSpatial())
        return definition.refusal(QVariant());
    if (row >= 0 && keyIn(m_core->row(row), origin).isEmpty()) {
        return translated(QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel",
                                            "There is no row of the table %1 in this row."))
            .arg(origin.schema.table);
    }
    return QString();
}

} // namespace QAsyncMySql::Internal
