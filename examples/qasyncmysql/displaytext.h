// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace Cli {

/*!
    Text made fit for a terminal, and the number of columns that it takes there.

    Control characters, line ends and the characters that turn the direction of writing are shown as escapes:
   a value cannot break the table or command the terminal.
*/
class DisplayText
{
public:
    explicit DisplayText(QByteArrayView utf8);

    const QByteArray &bytes() const { return m_bytes; }
    int width() const { return m_width; }

private:
    QByteArray m_bytes;
    int m_width = 0;
};

} // namespace Cli
