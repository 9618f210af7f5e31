// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqltime.h>

#include "values/temporal.h"

#include <QtCore/QDateTime>
#include <QtCore/QDebug>

namespace QAsyncMySql {

namespace {

// QVariant finds these; registered once, before main().
[[maybe_unused]] const bool convertersRegistered = [] {
    return QMetaType::registerConverter<SqlTime, QString>([](SqlTime time) { return time.toString(); })
        && QMetaType::registerConverter<SqlTime, QTime>([](SqlTime time) { return time.toQTime(); })
        && QMetaType::registerConverter<SqlTime, qint64>([](SqlTime time) {
               return qint64(std::chrono::duration_cast<std::chrono::milliseconds>(time.duration()).count());
           });
}();

} // namespace

SqlTime SqlTime::fromQTime(QTime time) noexcept
{
    return SqlTime(std::chrono::milliseconds(time.isValid() ? time.msecsSinceStartOfDay() : 0));
}

std::optional<SqlTime> SqlTime::fromString(QAnyStringView text) noexcept
{
    if (text.size() > 20)
        return std::nullopt;
    const QByteArray utf8 = text.toString().trimmed().toUtf8();
    qint64 microseconds = 0;
    if (!Internal::parseTime(utf8, microseconds)
        && !Internal::parseTime(QByteArray(utf8 + ":00"), microseconds))
        return std::nullopt;
    return SqlTime(std::chrono::microseconds(microseconds));
}

QTime SqlTime::toQTime() const noexcept
{
    if (m_microseconds < 0 || m_microseconds >= Internal::MicrosecondsPerDay)
        return QTime();
    return QTime::fromMSecsSinceStartOfDay(int(m_microseconds / 1000));
}

QString SqlTime::toString() const
{
    QByteArray text = Internal::formatTime(m_microseconds);
    if (m_microseconds % Internal::MicrosecondsPerSecond != 0) {
        while (text.endsWith('0'))
            text.chop(1);
    }
    return QString::fromLatin1(text);
}

QDebug operator<<(QDebug debug, SqlTime time)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "SqlTime(" << time.toString() << ')';
    return debug;
}

} // namespace QAsyncMySql
