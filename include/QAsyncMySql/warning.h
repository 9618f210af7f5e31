// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QString>

namespace QAsyncMySql {

/*!
    One line of SHOW WARNINGS. A value.

    \since 1.0
*/
class Warning
{
public:
    enum class Level : quint8
    {
        Note,
        Warning,
        Error,
    };

    Warning() { }
    Warning(Level level, int code, QString message)
        : m_message(std::move(message))
        , m_code(code)
        , m_level(level)
    {
    }

    Level level() const noexcept { return m_level; }
    //! The server's number of it, such as 1265.
    int code() const noexcept { return m_code; }
    const QString &message() const noexcept { return m_message; }

private:
    QString m_message;
    int m_code = 0;
    Level m_level = Level::Warning;
};

} // namespace QAsyncMySql
