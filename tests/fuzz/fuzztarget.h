// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArrayView>

#include <functional>

namespace QAsyncMySql::Test {

/*!
    A fuzz target: a function that takes any bytes. All stand in one program; the variable
    QASYNCMYSQL_FUZZ_TARGET of the environment names the one to run.
*/
class FuzzTarget
{
public:
    using Function = std::function<void(QByteArrayView)>;

    //! Makes \a function known by \a name. For static objects.
    FuzzTarget(const char *name, Function function);

    static const Function *find(QByteArrayView name);
    static void printNames();
};

//! Ends the program unless \a condition holds: what must be true for any input.
void require(bool condition, const char *what);

} // namespace QAsyncMySql::Test
