// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QString>

namespace QAsyncMySql {

/*!
    A place in the program's source: who called. Functions that remember it take it as their last
    argument, with current() as the default.

    (std::source_location is not there with clang 14.)

    \since 1.0
*/
class QASYNCMYSQL_EXPORT CallSite
{
public:
    CallSite() noexcept = default;

    //! The place of the call, when used as a default argument.
    static CallSite current(const char *file = __builtin_FILE(), int line = __builtin_LINE(),
                            const char *function = __builtin_FUNCTION()) noexcept
    {
        CallSite site;
        site.m_file = file;
        site.m_line = line;
        site.m_function = function;
        return site;
    }

    bool isValid() const noexcept { return m_file != nullptr; }
    //! As the compiler was given it; null if not known.
    const char *file() const noexcept { return m_file; }
    int line() const noexcept { return m_line; }
    const char *function() const noexcept { return m_function; }
    //! "importer.cpp:42 (loadAll)": the file without its folders.
    QString toString() const;

private:
    const char *m_file = nullptr;
    const char *m_function = nullptr;
    int m_line = 0;
};

} // namespace QAsyncMySql
