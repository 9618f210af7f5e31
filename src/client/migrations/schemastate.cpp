// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/migrations/schemastate.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>

namespace QAsyncMySql::Internal {

namespace {

// Of a table's parts. No name of a column is like these, which stand without quotes.
const QString Options = QStringLiteral("options");
const QString ColumnOrder = QStringLiteral("order of columns");
const QString Whole = QStringLiteral("definition");

QString digest(const QString &definition)
{
    const QByteArray hash = QCryptographicHash::hash(definition.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().left(16));
}

QString called(const QString &kind, QString name)
{
    return kind % QStringLiteral(" \"") % name.replace(QStringLiteral("``"), QStringLiteral("`")) % u'"';
}

//! Which part of a table a line of its definition begins; null where it goes on with the one before.
QString partOf(const QString &line)
{
    static const QRegularExpression Line(QStringLiteral(
        "^  (?:(?<column>`)|(?<primary>PRIMARY KEY)|(?<index>(?:[A-Z]+ )?KEY )|CONSTRAINT |PERIOD FOR )"
        "(?:`?(?<name>(?:[^`]|``)+)`(?<rest>.*))?"));
    if (line.startsWith(u')'))
        return Options;
    const QRegularExpressionMatch match = Line.match(line);
    if (!match.hasMatch())
        return QString();
    const QString name = match.captured(u"name");
    if (match.hasCaptured(u"column"))
        return called(QStringLiteral("column"), name);
    if (match.hasCaptured(u"primary"))
        return QStringLiteral("primary key");
    if (match.hasCaptured(u"index"))
        return called(QStringLiteral("index"), name);
    if (line.startsWith(u"  PERIOD"))
        return QStringLiteral("period");
    return called(match.captured(u"rest").startsWith(u" FOREIGN KEY") ? QStringLiteral("foreign key")
                                                                      : QStringLiteral("check"),
                  name);
}

QString wasChanged(const QString &part)
{
    return part == Options ? QStringLiteral("its options were changed")
                           : part + QStringLiteral(" was changed");
}

//! What \a now has differently, as sentences without an end; \a changed words a difference.
template <class Changed>
QStringList differences(const QJsonObject &before, const QJsonObject &now, const Changed &changed)
{
    QStringList list;
    for (auto it = before.begin(); it != before.end(); ++it) {
        if (!now.contains(it.key()))
            list.append(it.key() + QStringLiteral(" is gone"));
        else if (const QString text = changed(it.key(), it.value(), now.value(it.key())); !text.isEmpty())
            list.append(text);
    }
    for (auto it = now.begin(); it != now.end(); ++it) {
        if (!before.contains(it.key()))
            list.append(it.key() + QStringLiteral(" is new"));
    }
    return list;
}

//! The account could not see it: it cannot be compared.
bool isUnseen(const QJsonObject &object)
{
    return object.contains(Whole) && object.value(Whole).toString().isEmpty();
}

QString changedPart(const QString &part, const QJsonValue &before, const QJsonValue &now)
{
    return before == now || part == ColumnOrder ? QString() : wasChanged(part);
}

QString changedObject(const QString &object, const QJsonValue &before, const QJsonValue &now)
{
    const QJsonObject was = before.toObject();
    const QJsonObject is = now.toObject();
    if (isUnseen(was) || isUnseen(is))
        return QString();
    QStringList parts = differences(was, is, changedPart);
    if (parts.isEmpty() && was.value(ColumnOrder) != is.value(ColumnOrder))
        parts.append(wasChanged(QStringLiteral("the ") + ColumnOrder));
    if (parts.isEmpty())
        return QString();
    const bool ofParts = !was.contains(Whole);
    return object
        % (ofParts ? QStringLiteral(" was changed (") % parts.join(QStringLiteral(", ")) % u')'
                   : QStringLiteral(" was changed"));
}

} // namespace

void SchemaState::addTable(const QString &name, const QString &definition)
{
    static const QRegularExpression Counter(QStringLiteral(" AUTO_INCREMENT=\\d+"));
    QString text(definition);
    text.remove(Counter);
    QStringList lines = text.split(u'\n');
    lines.removeFirst(); // CREATE TABLE `name` (
    QStringList names;
    QStringList order;
    QStringList texts;
    for (QString &line : lines) {
        const QString part = partOf(line);
        if (line.endsWith(u','))
            line.chop(1); // all but the last have one
        if (part.isNull() && !texts.isEmpty()) {
            texts.last() += u'\n' + line;
            continue;
        }
        names.append(part.isNull() ? Options : part);
        texts.append(line);
        if (part.startsWith(u"column "))
            order.append(part);
    }
    QJsonObject parts;
    for (qsizetype i = 0; i < names.size(); ++i)
        parts.insert(names.at(i), digest(texts.at(i)));
    parts.insert(ColumnOrder, digest(order.join(u',')));
    m_objects.insert(called(QStringLiteral("table"), name), parts);
}

void SchemaState::add(const QString &kind, const QString &name, const QString &definition)
{
    const QString seen = definition.isNull() ? QString() : digest(definition);
    m_objects.insert(called(kind, name), QJsonObject{{Whole, seen}});
}

QByteArray SchemaState::toJson() const
{
    return QJsonDocument(
               QJsonObject{{QStringLiteral("server"), m_server}, {QStringLiteral("objects"), m_objects}})
        .toJson(QJsonDocument::Compact);
}

SchemaState SchemaState::fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    SchemaState state;
    state.m_server = object.value(QStringLiteral("server")).toString();
    state.m_objects = object.value(QStringLiteral("objects")).toObject();
    return state;
}

QStringList SchemaState::changesSince(const SchemaState &before) const
{
    if (before.isNull())
        return {};
    QStringList changes = differences(before.m_objects, m_objects, changedObject);
    if (!changes.isEmpty() && before.m_server != m_server)
        changes.append(QStringLiteral("the server was %1 and is %2, which may word definitions differently")
                           .arg(before.m_server, m_server));
    return changes;
}

} // namespace QAsyncMySql::Internal
