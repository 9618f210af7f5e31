// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/relationtexts.h"

#include "models/foreignkeys.h"
#include "models/rowedit.h"
#include "models/sqlfragment.h"
#include "models/tableschema.h"

#include <QtCore/QTimerEvent>

namespace QAsyncMySql::Internal {

namespace {

constexpr size_t KeysAtATime = 500;

// One text for all of \a keys; empty if one is NULL, which refers to nothing.
QString textOf(const QVariantList &keys)
{
    QString text;
    for (const QVariant &key : keys) {
        if (!key.isValid() || key.isNull())
            return QString();
        const QString one = valueText(key);
        if (keys.size() == 1)
            return one.isNull() ? QStringLiteral("") : one;
        text += QString::number(one.size()) + QLatin1Char(':') + one;
    }
    return text;
}

} // namespace

RelationTexts::RelationTexts(TableModel *model)
    : m_model(model)
{
}

void RelationTexts::set(const QString &column, const TableRelation &relation)
{
    const QString name = column.toCaseFolded();
    m_columns.erase(name);
    if (!relation.isNull())
        m_columns[name].relation = relation;
}

TableRelation RelationTexts::relation(const QString &column) const
{
    const auto found = m_columns.find(column.toCaseFolded());
    return found == m_columns.end() ? TableRelation() : found->second.relation;
}

void RelationTexts::setPool(Pool *pool)
{
    m_channel.setPool(pool);
    forget();
}

void RelationTexts::setConnection(Connection *connection)
{
    m_channel.setConnection(connection);
    forget();
}

void RelationTexts::forget()
{
    m_channel.cancel();
    m_timer.stop();
    for (auto &[name, column] : m_columns) {
        column.texts.clear();
        column.wanted.clear();
        column.fetching = column.completing = false;
    }
}

void RelationTexts::clear()
{
    forget();
    m_columns.clear();
}

void RelationTexts::refresh()
{
    ++m_generation;
    // Views ask for what they show.
    for (auto &[name, column] : m_columns)
        tellChanged(name, 0, m_model->rowCount() - 1);
}

QString RelationTexts::text(const QString &column, int row, const QVariantList &keys)
{
    const auto found = m_columns.find(column.toCaseFolded());
    const QString keyText = textOf(keys);
    if (found == m_columns.end() || keyText.isNull())
        return QString();
    Column &entry = found->second;
    const Text *known = entry.texts.object(keyText);
    if (!known || known->generation != m_generation) {
        const auto [place, isNew] = entry.wanted.try_emplace(keyText, Place{keys, row, row});
        if (!isNew) {
            place->second.firstRow = qMin(place->second.firstRow, row);
            place->second.lastRow = qMax(place->second.lastRow, row);
        }
        if (!m_timer.isActive())
            m_timer.start(0, this);
    }
    return known ? known->text : QString();
}

void RelationTexts::whenComplete(const QString &column, QObject *context,
                                 std::function<void(const TableRelation &)> done)
{
    const auto found = m_columns.find(column.toCaseFolded());
    if (found == m_columns.end())
        return;
    if (found->second.relation.isComplete()) {
        done(found->second.relation);
        return;
    }
    found->second.waiting.emplace_back(context, std::move(done));
    complete(found->first);
}

void RelationTexts::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop();
    for (auto &[name, column] : m_columns) {
        if (!column.wanted.empty())
            serve(name);
    }
}

void RelationTexts::serve(const QString &name)
{
    const Column &column = m_columns[name];
    if (column.relation.isComplete())
        fetch(name);
    else
        complete(name);
}

// Asks the schema what the column refers to.
void RelationTexts::complete(const QString &name)
{
    Column &column = m_columns[name];
    if (std::exchange(column.completing, true))
        return;
    const SqlFragment query = foreignKeysQuery(m_model->schema(), m_model->table());
    m_channel.run(query.text, query.values,
                  [this, name](const Result<ResultSet> &result) { completed(name, result); });
}

void RelationTexts::findAll()
{
    if (!m_channel.hasPlace()) {
        report(Error(Error::Kind::Usage,
                     QStringLiteral("The model has no pool and no connection to find relations by.")));
        return;
    }
    const SqlFragment query = foreignKeysQuery(m_model->schema(), m_model->table());
    m_channel.run(query.text, query.values, [this](const Result<ResultSet> &result) {
        if (!result) {
            report(result.error());
            return;
        }
        QStringList found;
        for (const auto &[column, relation] : relationsOf(*result)) {
            if (has(column))
                continue;
            m_model->setRelation(column, relation);
            found.append(column);
        }
        Q_EMIT m_model->relationsFound(found);
    });
}

void RelationTexts::completed(const QString &name, const Result<ResultSet> &result)
{
    const auto found = m_columns.find(name);
    if (found == m_columns.end())
        return;
    Column &column = found->second;
    column.completing = false;
    const TableRelation foreignKey = result ? relationOf(name, *result) : TableRelation();
    if (foreignKey.table.isEmpty()) {
        column.wanted.clear();
        column.waiting.clear();
        report(result
                   ? Error(Error::Kind::Usage,
                           QStringLiteral("The column %1 of the table %2 has no foreign key; name the table "
                                          "and the key that its relation is to.")
                               .arg(name, m_model->table()))
                   : result.error());
        return;
    }
    const QString display = column.relation.displayColumn;
    column.relation = foreignKey;
    column.relation.displayColumn = display;
    const TableRelation relation = column.relation;
    const auto waiting = std::exchange(column.waiting, {});
    const auto wanted = column.wanted;
    if (!relation.furtherColumns.isEmpty())
        column.wanted.clear(); // by a part of the key
    else if (!column.wanted.empty())
        m_timer.start(0, this);
    const QPointer<RelationTexts> self(this);
    for (const auto &[context, done] : waiting) {
        if (context)
            done(relation);
    }
    if (!self || relation.furtherColumns.isEmpty() || wanted.empty())
        return;
    Place rows = wanted.begin()->second;
    for (const auto &[text, place] : wanted) {
        rows.firstRow = qMin(rows.firstRow, place.firstRow);
        rows.lastRow = qMax(rows.lastRow, place.lastRow);
    }
    tellChanged(name, rows.firstRow, rows.lastRow); // who looks asks again, by the whole key
}

void RelationTexts::fetch(const QString &name)
{
    Column &column = m_columns[name];
    if (column.fetching) // the answer brings us here again
        return;
    column.fetching = true;
    std::map<QString, Place> wanted;
    while (!column.wanted.empty() && wanted.size() < KeysAtATime)
        wanted.insert(column.wanted.extract(column.wanted.begin()));
    const TableRelation &relation = column.relation;
    QStringList names{quoted(relation.keyColumn)};
    for (const QString &further : relation.furtherKeyColumns)
        names.append(quoted(further));
    SqlFragment query;
    query << u"SELECT " << quoted(relation.displayColumn) << u", " << names.join(QLatin1String(", "))
          << u" FROM " << quotedTable(relation.schema, relation.table) << u" WHERE ";
    if (names.size() == 1) {
        QList<Parameter> keys;
        for (const auto &[text, place] : wanted)
            keys.append(Parameter::fromVariant(place.keys.first()));
        query << names.first() << u" IN (" << bound(InList(keys)) << u")";
    } else {
        // Not all servers find rows of "(a, b) IN ((1, 2), (3, 4))" by an index.
        SqlFragment any;
        for (const auto &[text, place] : wanted) {
            SqlFragment all;
            for (qsizetype i = 0; i < names.size(); ++i) {
                all << (i > 0 ? u" AND " : u"") << names.at(i) << u" = "
                    << bound(Parameter::fromVariant(place.keys.value(i)));
            }
            any << (any.isEmpty() ? u"(" : u" OR (") << all << u")";
        }
        query << any;
    }
    m_channel.run(query.text, query.values,
                  [this, name, wanted](const Result<ResultSet> &result) { fetched(name, wanted, result); });
}

void RelationTexts::fetched(const QString &name, const std::map<QString, Place> &wanted,
                            const Result<ResultSet> &result)
{
    const auto found = m_columns.find(name);
    if (found == m_columns.end())
        return;
    Column &column = found->second;
    column.fetching = false;
    if (!result) {
        column.wanted.clear();
        report(result.error());
        return;
    }
    QHash<QString, QString> exact;
    QHash<QString, QString> folded; // a collation may find what is not written alike
    for (const Row &row : *result) {
        QVariantList keys;
        for (int i = 1; i < row.columnCount(); ++i)
            keys.append(row.value(i));
        const QString key = textOf(keys);
        const QString text = row.isNull(0) ? QStringLiteral("") : row.get<QString>(0);
        exact.insert(key, text);
        folded.insert(key.toCaseFolded(), text);
    }
    int first = std::numeric_limits<int>::max();
    int last = -1;
    for (const auto &[key, place] : wanted) {
        const QString text = exact.value(key, folded.value(key.toCaseFolded()));
        const Text *known = column.texts.object(key);
        if (!known || known->text != text) {
            first = qMin(first, place.firstRow);
            last = qMax(last, place.lastRow);
        }
        column.texts.insert(key, new Text{text, m_generation});
    }
    if (!column.wanted.empty())
        m_timer.start(0, this);
    tellChanged(name, first, last);
}

void RelationTexts::tellChanged(const QString &name, int first, int last)
{
    last = qMin(last, m_model->rowCount() - 1);
    if (first > last)
        return;
    for (int i = 0; i < m_model->columnCount(); ++i) {
        const QString columnName
            = m_model->headerData(i, Qt::Horizontal, QueryModel::ColumnNameRole).toString();
        if (columnName.toCaseFolded() == name) {
            Q_EMIT m_model->dataChanged(m_model->index(first, i), m_model->index(last, i), {Qt::DisplayRole});
            return;
        }
    }
}

void RelationTexts::report(const Error &error)
{
    Q_EMIT m_model->errorOccurred(error);
}

} // namespace QAsyncMySql::Internal
