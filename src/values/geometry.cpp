// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/geometry.h>

#include <QtCore/QtEndian>

namespace QAsyncMySql {

namespace {

constexpr qsizetype HeaderSize = 5; // byte order and type
constexpr qsizetype PointSize = 16;

//! Reads WKB, each part in the byte order that it names.
class WkbReader
{
public:
    explicit WkbReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    qsizetype left() const { return m_bytes.size() - m_at; }
    //! The type of the geometry that begins here, or None.
    Geometry::Type begin()
    {
        if (left() < HeaderSize || uchar(m_bytes[m_at]) > 1)
            return Geometry::Type::None;
        m_little = m_bytes[m_at++] == 1;
        const quint32 type = number();
        return type >= 1 && type <= 7 ? Geometry::Type(type) : Geometry::Type::None;
    }
    quint32 number()
    {
        const char *const at = m_bytes.data() + m_at;
        m_at += 4;
        return m_little ? qFromLittleEndian<quint32>(at) : qFromBigEndian<quint32>(at);
    }
    QPointF point()
    {
        const double x = coordinate();
        return QPointF(x, coordinate());
    }

private:
    double coordinate()
    {
        const char *const at = m_bytes.data() + m_at;
        m_at += 8;
        return m_little ? qFromLittleEndian<double>(at) : qFromBigEndian<double>(at);
    }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_little = true;
};

template <class T> void append(QByteArray &to, T value)
{
    char bytes[sizeof(T)];
    qToLittleEndian(value, bytes);
    to.append(bytes, sizeof bytes);
}

QByteArray header(Geometry::Type type)
{
    QByteArray wkb(1, '\1');
    append(wkb, quint32(type));
    return wkb;
}

void append(QByteArray &wkb, QPointF point)
{
    append(wkb, double(point.x()));
    append(wkb, double(point.y()));
}

} // namespace

Geometry Geometry::fromPoint(QPointF point, quint32 srid)
{
    QByteArray wkb = header(Type::Point);
    append(wkb, point);
    return fromWkb(wkb, srid);
}

Geometry Geometry::fromLine(const QList<QPointF> &points, quint32 srid)
{
    QByteArray wkb = header(Type::LineString);
    append(wkb, quint32(points.size()));
    for (const QPointF point : points)
        append(wkb, point);
    return fromWkb(wkb, srid);
}

Geometry Geometry::fromWkb(const QByteArray &wkb, quint32 srid)
{
    Geometry geometry;
    geometry.m_wkb = wkb;
    geometry.m_srid = srid;
    return geometry;
}

std::optional<Geometry> Geometry::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() < 4 + HeaderSize)
        return std::nullopt;
    const Geometry geometry
        = fromWkb(bytes.sliced(4).toByteArray(), qFromLittleEndian<quint32>(bytes.data()));
    return geometry.type() == Type::None ? std::nullopt : std::optional(geometry);
}

Geometry::Type Geometry::type() const noexcept
{
    return WkbReader(m_wkb).begin();
}

std::optional<QPointF> Geometry::point() const
{
    WkbReader reader(m_wkb);
    if (reader.begin() != Type::Point || reader.left() != PointSize)
        return std::nullopt;
    return reader.point();
}

std::optional<QList<QPointF>> Geometry::points() const
{
    WkbReader reader(m_wkb);
    const Type type = reader.begin();
    if (type == Type::Point) {
        const std::optional<QPointF> single = point();
        return single ? std::optional(QList<QPointF>{*single}) : std::nullopt;
    }
    if ((type != Type::LineString && type != Type::MultiPoint) || reader.left() < 4)
        return std::nullopt;
    // The count must fit what is there exactly, so that nothing is reserved for a lie.
    const qsizetype each = type == Type::LineString ? PointSize : HeaderSize + PointSize;
    const qsizetype count = reader.number();
    if (reader.left() % each != 0 || reader.left() / each != count)
        return std::nullopt;
    QList<QPointF> list;
    list.reserve(count);
    for (qsizetype i = 0; i < count; ++i) {
        if (type == Type::MultiPoint && reader.begin() != Type::Point)
            return std::nullopt;
        list.append(reader.point());
    }
    return list;
}

QByteArray Geometry::toBytes() const
{
    QByteArray bytes;
    append(bytes, m_srid);
    return bytes + m_wkb;
}

Result<Geometry> ValueDecoder<Geometry>::decode(const Cell &cell)
{
    if (cell.isNull())
        return Internal::conversionError(cell, Internal::DecodeStatus::Null,
                                         Internal::signatureOf<Geometry>());
    if (!cell.column().isBinary())
        return Internal::conversionError(cell, Internal::DecodeStatus::WrongType,
                                         Internal::signatureOf<Geometry>());
    if (const auto geometry = Geometry::fromBytes(cell.bytes()))
        return *geometry;
    return Internal::conversionError(cell, Internal::DecodeStatus::Malformed,
                                     Internal::signatureOf<Geometry>());
}

} // namespace QAsyncMySql
