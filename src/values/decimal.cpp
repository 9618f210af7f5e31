// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/decimal.h>

#include <QtCore/QDebug>

#include <algorithm>
#include <charconv>

namespace QAsyncMySql {

namespace {

[[maybe_unused]] const bool convertersRegistered = [] {
    return QMetaType::registerConverter<Decimal, QString>(
               [](const Decimal &number) { return number.toString(); })
        && QMetaType::registerConverter<Decimal, double>(
               [](const Decimal &number) { return number.toDouble(); });
}();

//! The digits before and after the point; those after it without the zeros at the end.
struct Parts
{
    bool negative = false;
    QByteArrayView whole;
    QByteArrayView fraction;
};

Parts split(QByteArrayView text) noexcept
{
    Parts parts;
    if (text.isEmpty())
        text = "0";
    if (text.front() == '-') {
        parts.negative = true;
        text = text.sliced(1);
    }
    const qsizetype point = text.indexOf('.');
    parts.whole = point < 0 ? text : text.first(point);
    if (point >= 0)
        parts.fraction = text.sliced(point + 1);
    while (!parts.fraction.isEmpty() && parts.fraction.back() == '0')
        parts.fraction.chop(1);
    if (parts.whole == QByteArrayView("0") && parts.fraction.isEmpty())
        parts.negative = false;
    return parts;
}

std::strong_ordering compareBytes(QByteArrayView a, QByteArrayView b) noexcept
{
    const auto shorter = size_t(qMin(a.size(), b.size()));
    if (const int order = shorter ? memcmp(a.data(), b.data(), shorter) : 0; order != 0)
        return order <=> 0;
    return a.size() <=> b.size();
}

template <class T> std::optional<T> toInteger(QByteArrayView text) noexcept
{
    const Parts parts = split(text);
    if (!parts.fraction.isEmpty())
        return std::nullopt;
    const char *const end = parts.whole.data() + parts.whole.size();
    const char *begin = parts.negative ? text.data() : parts.whole.data(); // with its sign
    T value = 0;
    const auto [at, error] = std::from_chars(begin, end, value);
    if (error != std::errc() || at != end)
        return std::nullopt;
    return value;
}

} // namespace

std::optional<Decimal> Decimal::fromString(QAnyStringView text)
{
    if (text.size() > 256)
        return std::nullopt;
    return fromUtf8(text.toString().toUtf8());
}

std::optional<Decimal> Decimal::fromUtf8(QByteArrayView text)
{
    const bool negative = !text.isEmpty() && text.front() == '-';
    if (negative || (!text.isEmpty() && text.front() == '+'))
        text = text.sliced(1);
    const qsizetype point = text.indexOf('.');
    QByteArrayView whole = point < 0 ? text : text.first(point);
    const QByteArrayView fraction = point < 0 ? QByteArrayView() : text.sliced(point + 1);
    const auto digits = [](QByteArrayView part) {
        return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (!digits(whole) || !digits(fraction) || (whole.isEmpty() && fraction.isEmpty()))
        return std::nullopt;
    while (!whole.isEmpty() && whole.front() == '0')
        whole = whole.sliced(1);
    if (whole.size() + fraction.size() > MaximumPrecision)
        return std::nullopt;

    Decimal decimal;
    decimal.m_text.reserve(whole.size() + fraction.size() + 3);
    if (negative)
        decimal.m_text.append('-');
    decimal.m_text.append(whole.isEmpty() ? QByteArrayView("0") : whole);
    if (!fraction.isEmpty())
        decimal.m_text.append('.').append(fraction);
    if (negative && decimal.isZero())
        decimal.m_text.remove(0, 1);
    return decimal;
}

double Decimal::toDouble() const noexcept
{
    double value = 0;
    std::from_chars(m_text.constData(), m_text.constData() + m_text.size(), value);
    return value;
}

std::optional<qint64> Decimal::toInt64() const noexcept
{
    return toInteger<qint64>(m_text);
}

std::optional<quint64> Decimal::toUInt64() const noexcept
{
    return toInteger<quint64>(m_text);
}

bool Decimal::isZero() const noexcept
{
    return std::none_of(m_text.begin(), m_text.end(), [](char c) { return c >= '1' && c <= '9'; });
}

int Decimal::scale() const noexcept
{
    const qsizetype point = m_text.indexOf('.');
    return point < 0 ? 0 : int(m_text.size() - point - 1);
}

std::strong_ordering operator<=>(const Decimal &a, const Decimal &b) noexcept
{
    const Parts left = split(a.m_text);
    const Parts right = split(b.m_text);
    if (left.negative != right.negative)
        return left.negative ? std::strong_ordering::less : std::strong_ordering::greater;
    std::strong_ordering order = left.whole.size() <=> right.whole.size();
    if (order == 0)
        order = compareBytes(left.whole, right.whole);
    if (order == 0)
        order = compareBytes(left.fraction, right.fraction);
    return left.negative ? 0 <=> order : order;
}

size_t qHash(const Decimal &decimal, size_t seed) noexcept
{
    const Parts parts = split(decimal.m_text);
    return qHashMulti(seed, parts.negative, parts.whole, parts.fraction);
}

QDebug operator<<(QDebug debug, const Decimal &decimal)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "Decimal(" << decimal.toString() << ')';
    return debug;
}

} // namespace QAsyncMySql
