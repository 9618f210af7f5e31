// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/parameter.h>

#include "values/parameterextra.h"
#include "values/temporal.h"

#include <QtCore/QBitArray>
#include <QtCore/QDebug>
#include <QtCore/QMetaEnum>
#include <QtCore/QUuid>
#include <QtCore/QtEndian>

#include <cmath>

namespace QAsyncMySql {

Parameter::Parameter() noexcept = default;
Parameter::Parameter(const Parameter &other) = default;
Parameter::Parameter(Parameter &&other) noexcept = default;
Parameter &Parameter::operator=(const Parameter &other) = default;
Parameter &Parameter::operator=(Parameter &&other) noexcept = default;
Parameter::~Parameter() = default;

Parameter::Parameter(float value)
    : Parameter(Kind::Float, double(value))
{
    if (!std::isfinite(value))
        makeInvalid(QStringLiteral("NaN and infinities cannot be stored in SQL; use NULL"));
}

Parameter::Parameter(double value)
    : Parameter(Kind::Double, value)
{
    if (!std::isfinite(value))
        makeInvalid(QStringLiteral("NaN and infinities cannot be stored in SQL; use NULL"));
}

Parameter::Parameter(const Decimal &value)
    : Parameter(Kind::Decimal, value.toLatin1())
{
}

Parameter::Parameter(const QString &text)
    : Parameter(fromUtf16(text))
{
}

Parameter::Parameter(QLatin1String text)
    : Parameter(Kind::Text, text.toString().toUtf8())
{
}

Parameter::Parameter(const char *utf8)
    : Parameter(utf8 ? fromUtf8(QByteArray(utf8)) : Parameter())
{
}

Parameter::Parameter(const char8_t *utf8)
    : Parameter(reinterpret_cast<const char *>(utf8))
{
}

Parameter::Parameter(const char16_t *text)
    : Parameter(text ? fromUtf16(text) : Parameter())
{
}

Parameter::Parameter(const std::string &utf8)
    : Parameter(std::string_view(utf8))
{
}

Parameter::Parameter(std::string_view utf8)
    : Parameter(fromUtf8(QByteArray(utf8.data(), qsizetype(utf8.size()))))
{
}

Parameter::Parameter(std::u8string_view utf8)
    : Parameter(std::string_view(reinterpret_cast<const char *>(utf8.data()), utf8.size()))
{
}

Parameter::Parameter(std::u16string_view text)
    : Parameter(fromUtf16(QStringView(text.data(), qsizetype(text.size()))))
{
}

Parameter::Parameter(const QByteArray &bytes)
    : Parameter(Kind::Bytes, bytes)
{
}

Parameter Parameter::fromBytes(std::span<const std::byte> bytes)
{
    return Parameter(QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())));
}

Parameter Parameter::fromUtf16(QStringView text)
{
    // Qt would send a lone surrogate as "?", and two different texts would be one.
    if (!text.isValidUtf16())
        return invalid(QStringLiteral("the text is not valid UTF-16: it holds half of a surrogate pair"));
    return Parameter(Kind::Text, text.toUtf8());
}

Parameter::Parameter(const QBitArray &bits)
{
    // As BIT has it: bit 0 is the lowest of the last byte.
    QByteArray bytes(qMax(qsizetype(1), (bits.size() + 7) / 8), '\0');
    for (qsizetype i = 0; i < bits.size(); ++i) {
        if (bits.testBit(i))
            bytes[bytes.size() - 1 - i / 8] |= char(1 << (i % 8));
    }
    *this = Parameter(Kind::Bytes, bytes);
}

Parameter::Parameter(const QList<float> &vector)
{
    QByteArray bytes(vector.size() * qsizetype(sizeof(float)), Qt::Uninitialized);
    qToLittleEndian<float>(vector.constData(), vector.size(), bytes.data());
    *this = Parameter(Kind::Bytes, bytes);
}

Parameter::Parameter(const QUuid &uuid)
    : Parameter(Kind::Text, uuid.toByteArray(QUuid::WithoutBraces))
{
}

Parameter::Parameter(QDate date) noexcept
{
    if (!date.isValid())
        return;
    int year = 0;
    int month = 0;
    int day = 0;
    date.getDate(&year, &month, &day);
    if (year < 0 || year > 9999)
        makeInvalid(QStringLiteral("the year %1 is not between 0 and 9999").arg(year));
    else
        *this = Parameter(Kind::Date, DateTimeValue{qint16(year), quint8(month), quint8(day), 0});
}

Parameter::Parameter(QTime time) noexcept
{
    if (time.isValid())
        *this = Parameter(Kind::Time, qint64(time.msecsSinceStartOfDay()) * 1000);
}

Parameter::Parameter(const QDateTime &instant)
{
    if (instant.isValid())
        *this = fromMicroseconds(instant.toMSecsSinceEpoch() * 1000);
    else if (!instant.isNull())
        makeInvalid(QStringLiteral("the QDateTime is not valid"));
}

Parameter::Parameter(SqlTime time)
    : Parameter(Kind::Time, qint64(time.duration().count()))
{
    if (!time.isValid())
        makeInvalid(QStringLiteral("the duration is longer than TIME holds, 838:59:59.999999"));
}

Parameter::Parameter(std::chrono::year_month_day date)
{
    const int year = int(date.year());
    if (!date.ok() || year < 0 || year > 9999)
        makeInvalid(QStringLiteral("it is no date of the years 0 to 9999"));
    else
        *this = Parameter(
            Kind::Date,
            DateTimeValue{qint16(year), quint8(unsigned(date.month())), quint8(unsigned(date.day())), 0});
}

Parameter Parameter::fromMicroseconds(qint64 sinceEpoch)
{
    using namespace std::chrono;
    const local_time<microseconds> time{microseconds(sinceEpoch)};
    const auto midnight = floor<days>(time);
    const year_month_day date(midnight);
    const int year = int(date.year());
    if (year < 0 || year > 9999)
        return invalid(QStringLiteral("the year %1 is not between 0 and 9999").arg(year));
    return Parameter(Kind::DateTime,
                     DateTimeValue{qint16(year), quint8(unsigned(date.month())), quint8(unsigned(date.day())),
                                   qint64((time - midnight).count())});
}

Parameter Parameter::fromUtf8(const QByteArray &utf8)
{
    if (!utf8.isValidUtf8())
        return invalid(QStringLiteral("the text is not valid UTF-8; bytes are bound as a QByteArray"));
    return Parameter(Kind::Text, utf8);
}

Parameter::Parameter(const InList &list)
{
    if (list.values().isEmpty()) {
        makeInvalid(QStringLiteral("the InList is empty, and SQL has no empty list"));
        return;
    }
    for (const Parameter &value : list.values()) {
        if (value.kind() == Kind::List || value.kind() == Kind::Device || !value.isValid()) {
            makeInvalid(value.isValid() ? QStringLiteral("an InList cannot hold another one, or a device")
                                        : value.m_extra->error);
            return;
        }
    }
    m_kind = Kind::List;
    m_extra = std::make_shared<ParameterExtra>(ParameterExtra{{}, {}, list.values(), {}, Kind::Null});
}

InList::InList(QList<Parameter> values)
    : m_values(std::move(values))
{
}

Parameter Parameter::fromDevice(QIODevice *device, Kind content)
{
    if (!device)
        return invalid(QStringLiteral("the device is a null pointer"));
    if (content != Kind::Bytes && content != Kind::Text && content != Kind::Json)
        return invalid(QStringLiteral("a device gives Bytes, Text or Json, and nothing else"));
    Parameter parameter;
    parameter.m_kind = Kind::Device;
    parameter.m_extra = std::make_shared<ParameterExtra>(ParameterExtra{{}, {}, {}, device, content});
    return parameter;
}

QIODevice *Parameter::device() const noexcept
{
    return m_extra ? m_extra->device.data() : nullptr;
}

Parameter::Kind Parameter::deviceContent() const noexcept
{
    return m_kind == Kind::Device ? m_extra->deviceContent : Kind::Null;
}

Parameter Parameter::invalid(const QString &why)
{
    Parameter parameter;
    parameter.makeInvalid(why);
    return parameter;
}

void Parameter::makeInvalid(const QString &why)
{
    m_kind = Kind::Invalid;
    m_value = qint64(0);
    m_extra = std::make_shared<ParameterExtra>(ParameterExtra{{}, why, {}, {}, Kind::Null});
}

Error Parameter::error() const
{
    if (isValid())
        return Error();
    const QString &why = m_extra->error;
    if (why.startsWith(StatementFault)) {
        return Error(Error::Kind::Usage,
                     QStringLiteral("The statement cannot be sent: %1.").arg(why.sliced(1)),
                     Error::Outcome::NotSent, Error::Phase::Command);
    }
    return Error(Error::Kind::Usage, QStringLiteral("The parameter cannot be sent: %1.").arg(why));
}

Parameter Parameter::withName(const QString &name) const
{
    Parameter copy(*this);
    auto extra = m_extra ? std::make_shared<ParameterExtra>(*m_extra) : std::make_shared<ParameterExtra>();
    extra->name = name;
    copy.m_extra = std::move(extra);
    return copy;
}

QString Parameter::name() const
{
    return m_extra ? m_extra->name : QString();
}

const QList<Parameter> &Parameter::list() const noexcept
{
    static const QList<Parameter> none;
    return m_extra ? m_extra->list : none;
}

bool operator==(const Parameter &a, const Parameter &b)
{
    return a.m_kind == b.m_kind && a.m_value == b.m_value && a.name() == b.name() && a.list() == b.list()
        && a.device() == b.device();
}

QDebug operator<<(QDebug debug, const Parameter &parameter)
{
    static constexpr const char *Names[]
        = {"Null", "Boolean", "Signed", "Unsigned", "Float",    "Double", "Decimal", "Text",
           "Json", "Bytes",   "Date",   "Time",     "DateTime", "List",   "Device",  "Invalid"};
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "Parameter(";
    if (!parameter.name().isEmpty())
        debug << ':' << parameter.name() << ", ";
    debug << Names[int(parameter.kind())];
    if (std::holds_alternative<QByteArray>(parameter.m_value))
        debug << ", " << parameter.bytesView().size() << " bytes";
    if (!parameter.isValid())
        debug << ", " << parameter.m_extra->error;
    return debug << ')';
}

} // namespace QAsyncMySql
