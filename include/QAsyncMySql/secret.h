// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace QAsyncMySql {

/*!
    A password or key: never printed, never implicitly turned into a string, and overwritten when
    the last copy goes.

    It holds UTF-8 bytes; the server hashes bytes, so what is typed in another encoding is another
    password.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Secret
{
public:
    Secret() noexcept;
    explicit Secret(const QString &text);
    static Secret fromUtf8(const QByteArray &utf8);
    Secret(const Secret &other);
    Secret(Secret &&other) noexcept;
    Secret &operator=(const Secret &other);
    Secret &operator=(Secret &&other) noexcept;
    ~Secret();

    bool isEmpty() const noexcept;
    //! The bytes themselves; valid while this object lives and is not assigned to.
    QByteArrayView reveal() const noexcept;

    //! Compares in a time that depends on the lengths only.
    friend QASYNCMYSQL_EXPORT bool operator==(const Secret &a, const Secret &b) noexcept;
    //! Prints "Secret(***)".
    friend QASYNCMYSQL_EXPORT QDebug operator<<(QDebug debug, const Secret &secret);

private:
    void wipe() noexcept;
    QByteArray m_utf8; // never shared: each copy is deep, so that each can be wiped
};

} // namespace QAsyncMySql
