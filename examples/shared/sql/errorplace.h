// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace QAsyncMySql {
class Error;
}

//! What in a statement an error of the server is about, as far as its message tells: servers name the text
//! that they could not read, and names that they do not know.
class ErrorPlace
{
public:
    int position = -1;
    int length = 0;

    bool isValid() const { return position >= 0; }
    static ErrorPlace find(const QAsyncMySql::Error &error, const QString &statement);
};
