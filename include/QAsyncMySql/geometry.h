// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameter.h>
#include <QAsyncMySql/valuedecoder.h>

#include <QtCore/QList>
#include <QtCore/QPointF>

#include <optional>

namespace QAsyncMySql {

/*!
    A value of a spatial column: a spatial reference system and well-known binary (WKB), as MySQL and MariaDB
    store and send it. It takes apart what is flat: points, lines and sets of points. For polygons and
    collections take wkb() to a library for geometry.

    \c{row.get<Geometry>(u"place").point()}; it can be bound as a parameter, too.

    A value. Source: MySQL manual, "Supported Spatial Data Formats". \since 1.0
*/
class QASYNCMYSQL_EXPORT Geometry
{
public:
    //! Numbers as in WKB.
    enum class Type : quint32
    {
        None = 0, //!< no geometry, or one of an unknown kind
        Point = 1,
        LineString = 2,
        Polygon = 3,
        MultiPoint = 4,
        MultiLineString = 5,
        MultiPolygon = 6,
        GeometryCollection = 7,
    };

    Geometry() = default;
    static Geometry fromPoint(QPointF point, quint32 srid = 0);
    static Geometry fromLine(const QList<QPointF> &points, quint32 srid = 0);
    static Geometry fromWkb(const QByteArray &wkb, quint32 srid = 0);
    //! SRID and WKB as servers send them; nullopt if that is not what \a bytes are. The WKB is not looked
    //! into.
    static std::optional<Geometry> fromBytes(QByteArrayView bytes);

    quint32 srid() const noexcept { return m_srid; }
    const QByteArray &wkb() const noexcept { return m_wkb; }
    Type type() const noexcept;
    //! The coordinates of a Point; nullopt for others, and for what is no complete WKB.
    std::optional<QPointF> point() const;
    //! The points of a Point, LineString or MultiPoint; nullopt for others, and for what is no complete WKB.
    std::optional<QList<QPointF>> points() const;
    QByteArray toBytes() const;

    friend bool operator==(const Geometry &, const Geometry &) = default;

private:
    QByteArray m_wkb;
    quint32 m_srid = 0;
};

template <> struct ValueDecoder<Geometry>
{
    //! GEOMETRY columns, and bytes that are alike.
    QASYNCMYSQL_EXPORT static Result<Geometry> decode(const Cell &cell);
};

template <> struct ParameterEncoder<Geometry>
{
    static Parameter encode(const Geometry &geometry) { return Parameter(geometry.toBytes()); }
};

} // namespace QAsyncMySql
