// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/rowedit.h"

#include <QtCore/QDateTime>

#include <utility>

namespace QAsyncMySql {

QList<int> RowConflict::columns() const
{
    QList<int> columns;
    for (int column = 0; column < m_base.columnCount(); ++column) {
        if (m_mine.contains(column)
            || (m_theirs.isValid()
                && (m_base.isNull(column) != m_theirs.isNull(column)
                    || m_base.raw(column) != m_theirs.raw(column))))
            columns.append(column);
    }
    return columns;
}

namespace Internal {

void RowEdit::set(int column, const QVariant &value)
{
    if (base.isValid() && sameValue(base.cell(column), value) && !sent.contains(column))
        values.remove(column);
    else
        values.insert(column, value);
    if (state != CellState::Pending)
        state = CellState::Dirty;
    error = Error();
    theirs = Row();
}

void RowEdit::written(const Row &fresh)
{
    const QHash<int, QVariant> before = std::exchange(sent, {});
    for (auto value = before.cbegin(); value != before.cend(); ++value) {
        if (values.value(value.key()) == value.value())
            values.remove(value.key());
    }
    remake = false;
    uncertain = false;
    state = values.isEmpty() && !removed ? CellState::Clean : CellState::Dirty;
    if (fresh.isValid())
        base = fresh;
}

QString valueText(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::QDateTime:
        return value.toDateTime().toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    case QMetaType::QDate:
        return value.toDate().toString(Qt::ISODate);
    case QMetaType::QTime:
        return value.toTime().toString(Qt::ISODateWithMs);
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        return bytes.isEmpty() ? QString()
                               : QLatin1String("0x") + QString::fromLatin1(bytes.toHex().toUpper());
    }
    case QMetaType::Bool:
        return value.toBool() ? QStringLiteral("1") : QStringLiteral("0");
    case QMetaType::Double:
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    default:
        return value.toString();
    }
}

QVariant editedValue(const QVariant &value, const Column &column)
{
    if (value.isValid())
        return value;
    const QMetaType type = column.metaType();
    return type.id() == QMetaType::QString ? QVariant::fromValue(nullptr) : QVariant(type);
}

Parameter writtenValue(const QVariant &value, const Column &column)
{
    if (!value.isValid() || value.typeId() == QMetaType::Nullptr)
        return Parameter();
    if (value.isNull() && value.typeId() != QMetaType::QString)
        return Parameter();
    if (column.type() == ColumnType::Bit && value.typeId() == QMetaType::QString)
        return Parameter(value.toString().toULongLong());
    if (value.typeId() == QMetaType::QString)
        return column.isBinary() && !column.isNumeric() && column.type() != ColumnType::Date
                && column.type() != ColumnType::DateTime && column.type() != ColumnType::Timestamp
                && column.type() != ColumnType::Time
            ? Parameter(value.toString().toUtf8())
            : Parameter(value.toString());
    if (value.typeId() == QMetaType::QByteArray && !column.isBinary())
        return Parameter::fromUtf8(value.toByteArray());
    if (value.typeId() == QMetaType::QVariantMap || value.typeId() == QMetaType::QVariantList)
        return Parameter(Json::fromVariant(value));
    return Parameter(value);
}

bool sameValue(const Cell &cell, const QVariant &value)
{
    const bool null = !value.isValid() || (value.isNull() && value.typeId() != QMetaType::QString)
        || value.typeId() == QMetaType::Nullptr;
    if (null || cell.isNull())
        return null == cell.isNull();
    if (value.typeId() == QMetaType::QByteArray)
        return cell.bytes() == value.toByteArray();
    if (value.typeId() == QMetaType::QString)
        return cell.column().isBinary() && cell.column().type() >= ColumnType::TinyBlob
            ? cell.bytes() == value.toString().toUtf8()
            : QString::fromUtf8(cell.toText()) == value.toString();
    return cell.toVariant() == value || QString::fromUtf8(cell.toText()) == valueText(value);
}

} // namespace Internal

} // namespace QAsyncMySql
