// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Each decoder of a value, on any bytes in a column of any type. The rows' own check has been passed by then,
// so binary values have the size of their type.

#include "fuzztarget.h"

#include "protocol/rowshape.h"
#include "values/characterset.h"
#include "values/columndata.h"
#include "values/rowblock.h"

#include <QAsyncMySql/decimal.h>
#include <QAsyncMySql/geometry.h>
#include <QAsyncMySql/sqltime.h>

#include <QtCore/QDateTime>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonValue>
#include <QtCore/QUuid>

#include <chrono>
#include <string>

using namespace QAsyncMySql;
using Test::FuzzTarget;
using Test::require;

namespace {

/*!
    Input: the protocol and flags, the type, the character set, the rest is the row of one column. \a use gets
    it if it fits its column, as in a result.
*/
FuzzTarget::Function onRow(std::function<void(const Row &)> use)
{
    return [use = std::move(use)](QByteArrayView input) {
        if (input.size() < 3)
            return;
        auto *data = new ColumnData;
        data->type = ColumnType(quint8(input[1]));
        data->flags = input[0] & 2 ? quint16(ColumnFlag::Unsigned) : quint16(0);
        data->charset = quint8(input[2]);
        data->decimals = quint8(input[0]) >> 3;
        const bool binary = input[0] & 1;
        const QByteArrayView bytes = input.sliced(3);
        const QList<Column> columns{Column(data)};
        Protocol::RowShape shape;
        if (binary)
            shape.setBinary(columns);
        else
            shape.setText(1);
        if (!shape.fits(bytes))
            return;
        const Internal::RowColumnsPointer shared(
            new Internal::RowColumns(columns, binary ? RowFormat::Binary : RowFormat::Text));
        const Internal::RowBlockPointer block(new Internal::RowBlock(shared));
        block->append(bytes);
        use(Internal::RowBlock::makeRow(block.data(), 0));
    };
}

template <class T> FuzzTarget::Function decoder()
{
    return onRow([](const Row &row) {
        const Result<T> value = row.tryGet<T>(0);
        require(value || value.error().kind() == Error::Kind::Conversion,
                "what is no value is a Conversion error");
    });
}

const FuzzTarget boolean("value_bool", decoder<bool>());
const FuzzTarget int8("value_int8", decoder<qint8>());
const FuzzTarget int32("value_int32", decoder<qint32>());
const FuzzTarget int64("value_int64", decoder<qint64>());
const FuzzTarget uint64("value_uint64", decoder<quint64>());
const FuzzTarget number("value_double", decoder<double>());
const FuzzTarget single("value_float", decoder<float>());
const FuzzTarget decimal("value_decimal", decoder<Decimal>());
const FuzzTarget date("value_date", decoder<QDate>());
const FuzzTarget timeOfDay("value_time", decoder<QTime>());
const FuzzTarget dateTime("value_datetime", decoder<QDateTime>());
const FuzzTarget sqlTime("value_sqltime", decoder<SqlTime>());
const FuzzTarget duration("value_duration", decoder<std::chrono::microseconds>());
const FuzzTarget text("value_text", decoder<QString>());
const FuzzTarget bytes("value_bytes", decoder<QByteArray>());
const FuzzTarget json("value_json", decoder<QJsonValue>());
const FuzzTarget jsonDocument("value_jsondocument", decoder<QJsonDocument>());
const FuzzTarget uuid("value_uuid", decoder<QUuid>());

void readGeometry(const Row &row)
{
    const Result<Geometry> value = row.tryGet<Geometry>(0);
    if (!value) {
        require(value.error().kind() == Error::Kind::Conversion, "what is no geometry is a Conversion error");
        return;
    }
    const std::optional<QList<QPointF>> points = value->points();
    require(!value->point() || (points && points->size() == 1), "a point is one point");
    require(!points || points->size() * 16 <= value->wkb().size(), "a point takes 16 bytes");
    require(Geometry::fromBytes(value->toBytes()) == *value, "what is written can be read");
}

const FuzzTarget geometry("value_geometry", onRow(readGeometry));

//! The collation, in two bytes, and the text.
const FuzzTarget characters("character_set", [](QByteArrayView input) {
    if (input.size() < 2)
        return;
    const auto *set = Internal::CharacterSet::ofCollation(quint16(quint8(input[0]) | quint8(input[1]) << 8));
    if (!set)
        return;
    require(Internal::CharacterSet::named(set->name()) == set, "a character set has one name");
    QString decoded;
    const auto outcome = set->decode(input.sliced(2), decoded);
    require(outcome == Internal::CharacterSet::Outcome::Unknown || decoded.isValidUtf16(),
            "a text is Unicode");
    require(decoded.size() <= 2 * (input.size() - 2), "a byte is a character at most");
});

const FuzzTarget variant("value_variant", onRow([](const Row &row) {
                             const QVariant value = row.value(0);
                             require(!row.isNull(0) || value.isNull(), "NULL is a null QVariant");
                         }));

const FuzzTarget shown("value_shown", onRow([](const Row &row) {
                           row.cell(0).toText();
                           row.cell(0).toJson();
                           row.toVariantMap();
                       }));

} // namespace
