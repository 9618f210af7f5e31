// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QAnyStringView>
#include <QtCore/QByteArray>
#include <QtCore/QMetaType>

#include <compare>
#include <concepts>
#include <optional>

QT_BEGIN_NAMESPACE
class QDebug;
QT_END_NAMESPACE

namespace QAsyncMySql {

/*!
    An exact decimal number, kept as the text that the server sends: what DECIMAL columns hold.

    It keeps, compares and hands on; it does not calculate. Use the arithmetic type of your choice,
    through toString(), where sums are needed. Trailing zeros are kept ("1.50") and do not count in
    comparisons. An implicitly shared value.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Decimal
{
public:
    //! Most digits that a DECIMAL column can have, and most of those after the point.
    static constexpr int MaximumPrecision = 65;
    static constexpr int MaximumScale = 38;

    //! Zero.
    Decimal() = default;
    template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char> && sizeof(T) <= 8) Decimal(T number)
        : m_text(std::is_signed_v<T> ? QByteArray::number(qlonglong(number))
                                     : QByteArray::number(qulonglong(number)))
    {
    }
    /*! Reads an optional sign, digits, and an optional point with digits: "-12", "0.50", ".5", "+3.".
        nullopt for anything else (also exponents), and for more than 65 significant digits. */
    static std::optional<Decimal> fromString(QAnyStringView text);
    static std::optional<Decimal> fromUtf8(QByteArrayView text);

    //! The number in digits, "0" for zero without digits after the point. Never an exponent.
    QString toString() const { return QString::fromLatin1(toLatin1()); }
    QByteArray toLatin1() const { return m_text.isEmpty() ? QByteArrayLiteral("0") : m_text; }
    //! The nearest double.
    double toDouble() const noexcept;
    //! The number as an integer; nullopt if it has a fraction other than 0 or does not fit.
    std::optional<qint64> toInt64() const noexcept;
    std::optional<quint64> toUInt64() const noexcept;

    bool isNegative() const noexcept { return m_text.startsWith('-'); }
    bool isZero() const noexcept;
    //! Digits after the point.
    int scale() const noexcept;

    friend QASYNCMYSQL_EXPORT std::strong_ordering operator<=>(const Decimal &a, const Decimal &b) noexcept;
    friend bool operator==(const Decimal &a, const Decimal &b) noexcept { return (a <=> b) == 0; }
    friend QASYNCMYSQL_EXPORT size_t qHash(const Decimal &decimal, size_t seed) noexcept;
    friend QASYNCMYSQL_EXPORT QDebug operator<<(QDebug debug, const Decimal &decimal);

private:
    QByteArray m_text; // "-?[0-9]+(\.[0-9]+)?" without needless zeros in front and without "-0"; empty is 0
};

} // namespace QAsyncMySql

Q_DECLARE_TYPEINFO(QAsyncMySql::Decimal, Q_RELOCATABLE_TYPE);
Q_DECLARE_METATYPE(QAsyncMySql::Decimal)
