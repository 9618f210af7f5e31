// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/edwards25519.h"

#include <openssl/crypto.h>

#include <algorithm>

namespace QAsyncMySql::Protocol::Edwards25519 {

namespace {

// Numbers of 256 and 512 bits, the least significant 32 of them first.
using Number = std::array<quint32, 8>;
using Wide = std::array<quint32, 16>;

constexpr Number Prime{0xFFFFFFED, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF,
                       0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0x7FFFFFFF}; // 2^255 - 19
constexpr Number PrimeMinusTwo{0xFFFFFFEB, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF,
                               0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0x7FFFFFFF};
constexpr Number Order{0x5CF5D3ED, 0x5812631A, 0xA2F79CD6, 0x14DEF9DE,
                       0x00000000, 0x00000000, 0x00000000, 0x10000000};
constexpr Number TwoD{0x26B2F159, 0xEBD69B94, 0x8283B156, 0x00E0149A,
                      0xEEF3D130, 0x198E80F2, 0x56DFFCE7, 0x2406D9DC}; // twice the d of the curve's equation
constexpr Number Zero{};
constexpr Number One{1};

// The sum, and the carry out of it.
quint32 addTo(Number &a, const Number &b)
{
    quint64 carry = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        carry += quint64(a[i]) + b[i];
        a[i] = quint32(carry);
        carry >>= 32;
    }
    return quint32(carry);
}

// The difference, and the borrow (0 or 1).
quint32 subtractFrom(Number &a, const Number &b)
{
    quint64 borrow = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        const quint64 difference = quint64(a[i]) - b[i] - borrow;
        a[i] = quint32(difference);
        borrow = (difference >> 32) & 1;
    }
    return quint32(borrow);
}

// b if the lowest bit of \a choice is set, else a.
Number choose(const Number &a, const Number &b, quint32 choice)
{
    const quint32 mask = 0 - (choice & 1);
    Number result;
    for (size_t i = 0; i < a.size(); ++i)
        result[i] = a[i] ^ (mask & (a[i] ^ b[i]));
    return result;
}

Number subtractedIfNotLess(const Number &a, const Number &modulus)
{
    Number less = a;
    const quint32 borrow = subtractFrom(less, modulus);
    return choose(less, a, borrow);
}

Wide product(const Number &a, const Number &b)
{
    Wide result{};
    for (size_t i = 0; i < a.size(); ++i) {
        quint64 carry = 0;
        for (size_t j = 0; j < b.size(); ++j) {
            carry += quint64(a[i]) * b[j] + result[i + j];
            result[i + j] = quint32(carry);
            carry >>= 32;
        }
        result[i + b.size()] = quint32(carry);
    }
    return result;
}

// Numbers of the field, each below 2^256: 2^256 is 38 there.

Number folded(Number a, quint32 carry)
{
    // The second time there is a carry only if next to nothing is left of the first sum.
    const quint32 again = addTo(a, Number{38 * carry});
    addTo(a, Number{38 * again});
    return a;
}

Number sum(const Number &a, const Number &b)
{
    Number result = a;
    const quint32 carry = addTo(result, b);
    return folded(result, carry);
}

Number difference(const Number &a, const Number &b)
{
    Number result = a;
    const quint32 borrow = subtractFrom(result, b);
    const quint32 again = subtractFrom(result, Number{38 * borrow});
    subtractFrom(result, Number{38 * again});
    return result;
}

Number times(const Number &a, const Number &b)
{
    const Wide wide = product(a, b);
    Number low;
    quint64 carry = 0;
    for (size_t i = 0; i < low.size(); ++i) {
        carry += quint64(wide[i]) + quint64(38) * wide[i + low.size()];
        low[i] = quint32(carry);
        carry >>= 32;
    }
    return folded(low, quint32(carry)); // at most 38: 38 * 38 is still one limb
}

Number inverse(const Number &a)
{
    Number result = One; // a ^ (p - 2); that exponent is no secret
    for (int bit = 254; bit >= 0; --bit) {
        result = times(result, result);
        if (PrimeMinusTwo[size_t(bit) / 32] >> (bit % 32) & 1)
            result = times(result, a);
    }
    return result;
}

// A point in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.
struct Point
{
    Number x = Zero;
    Number y = One;
    Number z = One;
    Number t = Zero;
};

constexpr Point Base{
    {0x8F25D51A, 0xC9562D60, 0x9525A7B2, 0x692CC760, 0xFDD6DC5C, 0xC0A4E231, 0xCD6E53FE, 0x216936D3},
    {0x66666658, 0x66666666, 0x66666666, 0x66666666, 0x66666666, 0x66666666, 0x66666666, 0x66666666},
    One,
    {0xA5B7DDA3, 0x6DDE8AB3, 0x775152F5, 0x20F09F80, 0x64ABE37D, 0x66EA4E8E, 0xD78B7665, 0x67875F0F}};

// RFC 8032, section 5.1.4: holds for any two points, equal ones too.
Point sum(const Point &p, const Point &q)
{
    const Number a = times(difference(p.y, p.x), difference(q.y, q.x));
    const Number b = times(sum(p.y, p.x), sum(q.y, q.x));
    const Number c = times(times(p.t, TwoD), q.t);
    const Number zz = times(p.z, q.z);
    const Number d = sum(zz, zz);
    const Number e = difference(b, a);
    const Number f = difference(d, c);
    const Number g = sum(d, c);
    const Number h = sum(b, a);
    return {times(e, f), times(g, h), times(f, g), times(e, h)};
}

Point choose(const Point &a, const Point &b, quint32 choice)
{
    return {choose(a.x, b.x, choice), choose(a.y, b.y, choice), choose(a.z, b.z, choice),
            choose(a.t, b.t, choice)};
}

Number number(std::span<const quint8> bytes)
{
    Number result{};
    for (size_t i = 0; i < bytes.size(); ++i)
        result[i / 4] |= quint32(bytes[i]) << (8 * (i % 4));
    return result;
}

Bytes32 bytes(const Number &number)
{
    Bytes32 result;
    for (size_t i = 0; i < result.size(); ++i)
        result[i] = quint8(number[i / 4] >> (8 * (i % 4)));
    return result;
}

// Bit by bit from the top: the remainder is always below the order, and twice that is below 2^256.
Number remainder(const Wide &wide)
{
    Number result{};
    for (int bit = 511; bit >= 0; --bit) {
        const Number before = result;
        addTo(result, before);
        result[0] |= wide[size_t(bit) / 32] >> (bit % 32) & 1;
        result = subtractedIfNotLess(result, Order);
    }
    return result;
}

} // namespace

Bytes32 multiplyBase(const Bytes32 &scalar)
{
    Point result;
    for (int bit = 255; bit >= 0; --bit) {
        result = sum(result, result);
        const quint32 isSet = quint32(scalar[size_t(bit) / 8]) >> (bit % 8);
        result = choose(result, sum(result, Base), isSet);
    }
    const Number z = inverse(result.z);
    const auto canonical
        = [](const Number &a) { return subtractedIfNotLess(subtractedIfNotLess(a, Prime), Prime); };
    const Number x = canonical(times(result.x, z));
    Bytes32 encoded = bytes(canonical(times(result.y, z)));
    encoded[31] = quint8(encoded[31] | (x[0] & 1) << 7); // RFC 8032, section 5.1.2
    return encoded;
}

Bytes32 reduce(std::span<const quint8, 64> number)
{
    Wide wide{};
    for (size_t i = 0; i < number.size(); ++i)
        wide[i / 4] |= quint32(number[i]) << (8 * (i % 4));
    const Bytes32 result = bytes(remainder(wide));
    OPENSSL_cleanse(wide.data(), sizeof(wide));
    return result;
}

Bytes32 multiplyAdd(const Bytes32 &a, const Bytes32 &b, const Bytes32 &c)
{
    Wide wide = product(number(a), number(b));
    Number low;
    std::copy_n(wide.begin(), low.size(), low.begin());
    quint64 carry = addTo(low, number(c));
    std::copy(low.begin(), low.end(), wide.begin());
    for (size_t i = low.size(); i < wide.size(); ++i) {
        carry += wide[i];
        wide[i] = quint32(carry);
        carry >>= 32;
    }
    const Bytes32 result = bytes(remainder(wide));
    OPENSSL_cleanse(wide.data(), sizeof(wide));
    return result;
}

} // namespace QAsyncMySql::Protocol::Edwards25519
