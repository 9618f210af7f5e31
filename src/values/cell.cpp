// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/cell.h>

#include <QAsyncMySql/sqltime.h>
#include <QAsyncMySql/valuedecoder.h>

#include "values/columndata.h"
#include "values/logging.h"
#include "values/textcut.h"

#include <QtCore/QDateTime>

#include <optional>

namespace QAsyncMySql {

namespace {

template <class T> QVariant variantOf(const Cell &cell)
{
    return QVariant::fromValue(Internal::decodeOrDefault<T>(cell));
}

// Dates that no calendar has (a month or day of 0, the year 0) are shown as they are written, and not lost.
template <class T> QVariant dateVariant(const Cell &cell)
{
    T value;
    const Internal::DecodeStatus status = Internal::decodeCell(cell, value);
    if (status == Internal::DecodeStatus::Ok)
        return QVariant(value);
    if (status == Internal::DecodeStatus::ZeroDate
        && Internal::zeroDatesOf(cell) == ValueConversions::ZeroDates::Error) {
        Internal::warnConversion(cell, status, Internal::signatureOf<T>());
        return QVariant(cell.column().metaType());
    }
    return QString::fromUtf8(cell.toText());
}

// A time of day where QTime holds it all, so that Qt's views and delegates know it.
QVariant timeVariant(const Cell &cell)
{
    const auto time = Internal::decodeOrDefault<SqlTime>(cell);
    return time.fitsQTime() ? QVariant(time.toQTime()) : QVariant::fromValue(time);
}

// As the program has asked for it (ValueConversions), or nothing where it has not.
std::optional<QVariant> convert(const Cell &cell, const ValueConversionsData &conversions)
{
    const QMetaType type = cell.column().metaType();
    Result<QVariant> value = QVariant();
    if (const auto *entry = conversions.find(cell.column()))
        value = (*entry->converter)(cell);
    else if (conversions.metaTypeOf(cell.column()).isValid())
        value = cell.toVariant(type);
    else if (cell.isZeroDate() && conversions.zeroDates == ValueConversions::ZeroDates::Text)
        return QString::fromUtf8(cell.toText());
    else
        return std::nullopt;
    if (value)
        return *std::move(value);
    Internal::warnConversion(cell, value.error());
    return QVariant(type);
}

} // namespace

QVariant Cell::toVariant() const
{
    if (isNull())
        return QVariant(m_column->metaType());
    const ColumnData *facts = m_column->constData();
    if (Q_UNLIKELY(facts && facts->conversions)) {
        if (const std::optional<QVariant> converted = convert(*this, *facts->conversions))
            return *converted;
    }
    switch (m_type) {
    case ColumnType::Tiny:
    case ColumnType::Short:
    case ColumnType::Int24:
    case ColumnType::Long:
        return isUnsigned() ? variantOf<uint>(*this) : variantOf<int>(*this);
    case ColumnType::Year:
        return variantOf<int>(*this);
    case ColumnType::LongLong:
        return isUnsigned() ? variantOf<qulonglong>(*this) : variantOf<qlonglong>(*this);
    case ColumnType::Bit:
        return variantOf<qulonglong>(*this);
    case ColumnType::Float:
        return variantOf<float>(*this);
    case ColumnType::Double:
        return variantOf<double>(*this);
    case ColumnType::Date:
    case ColumnType::NewDate:
        return dateVariant<QDate>(*this);
    case ColumnType::Time:
        return timeVariant(*this);
    case ColumnType::DateTime:
    case ColumnType::Timestamp:
        return dateVariant<QDateTime>(*this);
    case ColumnType::Null:
        return QVariant(QMetaType(QMetaType::Nullptr));
    default:
        return m_column->isBinary() ? variantOf<QByteArray>(*this) : variantOf<QString>(*this);
    }
}

namespace Internal {

namespace {

QString reasonOf(const Cell &cell, DecodeStatus status)
{
    switch (status) {
    case DecodeStatus::Null:
        return QStringLiteral("it is NULL; ask for a std::optional");
    case DecodeStatus::WrongType:
        return QStringLiteral("values of this type are never one");
    case DecodeStatus::OutOfRange:
        return QStringLiteral("it is out of range");
    case DecodeStatus::Fraction:
        return QStringLiteral("it is not an integer");
    case DecodeStatus::ZeroDate:
        return QStringLiteral("its month or day is 0");
    case DecodeStatus::Lossy:
        return QStringLiteral("it is not valid %1; ask for a QByteArray")
            .arg(cell.column().isUtf8() ? QStringLiteral("UTF-8") : cell.column().charsetName());
    case DecodeStatus::UnknownCharset:
        return QStringLiteral(
                   "its character set, %1, cannot be read on this system; ask for a QByteArray, or leave the "
                   "connection's character set at utf8mb4")
            .arg(cell.column().charsetName());
    case DecodeStatus::NotUtf8:
        return QStringLiteral("it comes in %1; ask for a QString, or leave the connection's character set at "
                              "utf8mb4")
            .arg(cell.column().charsetName());
    case DecodeStatus::Malformed:
    case DecodeStatus::Ok:
        break;
    }
    return QStringLiteral("it is not written like one");
}

QString shown(const Cell &cell)
{
    constexpr qsizetype Shown = 40;
    if (cell.isNull())
        return QStringLiteral("NULL");
    const QByteArray text = cell.toText();
    if (cell.column().isBinary() || !text.isValidUtf8())
        return QStringLiteral("%1 bytes").arg(text.size());
    const QString value = QString::fromUtf8(text);
    return QLatin1Char('"') + cutText(value, Shown)
        + (value.size() > Shown ? QStringLiteral("…\"") : QStringLiteral("\""));
}

QString describe(const Cell &cell, DecodeStatus status, const char *signature)
{
    return QStringLiteral("Column \"%1\" (%2): %3 cannot be read as %4: %5.")
        .arg(cell.column().name(), cell.column().typeName(), shown(cell), typeNameOf(signature),
             reasonOf(cell, status));
}

} // namespace

// "T" of "... [with T = T]" (GCC), "... [T = T]" (clang), "...signatureOf<T>(void)" (MSVC)
QString typeNameOf(const char *signature)
{
    const QString text = QString::fromUtf8(signature);
    qsizetype from = text.indexOf(QStringLiteral("T = "));
    if (from >= 0) {
        from += 4;
        qsizetype to = text.lastIndexOf(QLatin1Char(']'));
        const qsizetype alias = text.indexOf(QStringLiteral("; "), from);
        if (alias >= 0)
            to = alias;
        return text.mid(from, to - from);
    }
    from = text.indexOf(QStringLiteral("signatureOf<"));
    const qsizetype to = text.lastIndexOf(QLatin1Char('>'));
    return from >= 0 && to > from ? text.mid(from + 12, to - from - 12) : text;
}

Error conversionError(const Cell &cell, DecodeStatus status, const char *signature)
{
    return Error(Error::Kind::Conversion, describe(cell, status, signature), Error::Outcome::Executed,
                 Error::Phase::Value);
}

void warnConversion(const Cell &cell, DecodeStatus status, const char *signature)
{
    qCWarning(lcValues).noquote() << describe(cell, status, signature);
}

void warnConversion(const Cell &, const Error &error)
{
    qCWarning(lcValues).noquote() << error.message();
}

} // namespace Internal

} // namespace QAsyncMySql
