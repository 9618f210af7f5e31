// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QAnyStringView>
#include <QtCore/QHashFunctions>
#include <QtCore/QMetaType>

#include <chrono>
#include <compare>
#include <optional>

QT_BEGIN_NAMESPACE
class QDebug;
class QTime;
QT_END_NAMESPACE

namespace QAsyncMySql {

/*!
    A value of SQL's TIME: a signed duration in microseconds, from -838:59:59.999999 to 838:59:59.999999.

    QTime is a time of day in milliseconds and cannot hold all of them. QVariant converts a SqlTime
    to QString, to QTime and to a number of milliseconds.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT SqlTime
{
public:
    constexpr SqlTime() noexcept = default;
    constexpr explicit SqlTime(std::chrono::microseconds duration) noexcept
        : m_microseconds(duration.count())
    {
    }
    static SqlTime fromQTime(QTime time) noexcept;
    //! Reads "[-]H:MM[:SS[.ffffff]]", hours with up to three digits; nullopt for anything else.
    static std::optional<SqlTime> fromString(QAnyStringView text) noexcept;

    static constexpr SqlTime max() noexcept { return SqlTime(std::chrono::microseconds(3'020'399'999'999)); }
    static constexpr SqlTime min() noexcept { return SqlTime(std::chrono::microseconds(-3'020'399'999'999)); }

    constexpr std::chrono::microseconds duration() const noexcept
    {
        return std::chrono::microseconds(m_microseconds);
    }
    constexpr bool isNegative() const noexcept { return m_microseconds < 0; }
    //! True if the server can store it.
    constexpr bool isValid() const noexcept { return *this >= min() && *this <= max(); }
    //! True for a time of day without microseconds, which QTime can hold.
    constexpr bool fitsQTime() const noexcept
    {
        return m_microseconds >= 0 && m_microseconds < 86'400'000'000 && m_microseconds % 1000 == 0;
    }
    //! As a time of day, cut to milliseconds; a null QTime when it is negative or not under 24 hours.
    QTime toQTime() const noexcept;
    //! "-12:30:05.25": as the server writes it, with as many digits after the point as it needs.
    QString toString() const;

    friend constexpr auto operator<=>(SqlTime a, SqlTime b) noexcept = default;
    friend constexpr bool operator==(SqlTime a, SqlTime b) noexcept = default;
    friend size_t qHash(SqlTime time, size_t seed = 0) noexcept { return ::qHash(time.m_microseconds, seed); }
    friend QASYNCMYSQL_EXPORT QDebug operator<<(QDebug debug, SqlTime time);

private:
    qint64 m_microseconds = 0;
};

} // namespace QAsyncMySql

Q_DECLARE_TYPEINFO(QAsyncMySql::SqlTime, Q_PRIMITIVE_TYPE);
Q_DECLARE_METATYPE(QAsyncMySql::SqlTime)
