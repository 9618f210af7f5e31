// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace Cli {

/*!
    Standard output behind one buffer. Writing blocks when the reader is slow: then no rows are read from the
   server either, so that memory stays flat.
*/
class Output
{
public:
    enum class State
    {
        Good,
        Closed, //!< the reader has gone (a pipe into `head`)
        Interrupted, //!< Ctrl+C while writing
        Failed, //!< see errorText()
    };

    explicit Output(int fileDescriptor);

    //! Formatters append here and call checkpoint() after each row.
    QByteArray &buffer() { return m_buffer; }
    //! Writes what has gathered, if it is much.
    void checkpoint()
    {
        if (m_buffer.size() >= WriteSize)
            flush();
    }
    //! Writes all. False if the output cannot be written any more; what is given to it is then dropped.
    bool flush();

    bool isGood() const { return m_state == State::Good; }
    State state() const { return m_state; }
    const QString &errorText() const { return m_errorText; }

private:
    static constexpr qsizetype WriteSize = 64 * 1024;

    bool writeAll();

    QByteArray m_buffer;
    QString m_errorText;
    int m_fileDescriptor;
    State m_state = State::Good;
};

} // namespace Cli
