// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QIODevice>
#include <QtCore/QString>

#include <functional>
#include <memory>

namespace QAsyncMySql {

class LocalInfileData;

/*!
    What one LOAD DATA LOCAL INFILE statement may read (StatementOptions::setLocalInfile()).

    The server asks for a file by name; it gets what is given here, once, and nothing else. A request for
    another name, or by another statement, is refused: the server gets no byte, and the connection goes on.
    ConnectOptions::setLocalInfile() must be on, too.

    \code
    options.setLocalInfile(LocalInfile::fromFile(u"rows.csv"_s));
    connection.query(options, u"LOAD DATA LOCAL INFILE 'rows.csv' INTO TABLE t FIELDS TERMINATED BY ','");
    \endcode

    It is read in parts of 64 KiB as the server takes them, so that files of any size need little memory. An
    error of the device ends the data early; the server keeps the rows that it got before, and the statement
    fails with an Error that says so. Run it in a transaction to take them back.

    A value: copies share the device and the count. \since 1.0
*/
class QASYNCMYSQL_EXPORT LocalInfile
{
public:
    //! Called in the connection's thread with the bytes sent so far, and all that there are (-1: not known).
    using Progress = std::function<void(qint64 sent, qint64 total)>;

    //! Nothing: all requests are refused.
    LocalInfile();
    /*! The file \a path, opened when the statement is sent; if it cannot be opened, the statement is not
       sent. The statement names it by \a name, and that is \a path unless another is given. */
    static LocalInfile fromFile(const QString &path, const QString &name = {});
    /*! What \a device gives from where it stands to its end. It is open for reading, belongs to the program,
        lives in the connection's thread and outlives the statement (its destruction is an error of reading).
        A sequential device (a socket, a process, a reply) is waited for. The statement may name it by any
        name, or if given by \a name only. */
    static LocalInfile fromDevice(QIODevice *device, const QString &name = {});

    bool isNull() const noexcept { return !d; }
    //! The name that the server must ask for; null if any will do.
    QString name() const;
    //! Bytes sent so far, of this object and its copies.
    qint64 bytesSent() const noexcept;
    //! Has \a progress called now and then (at most ten times a second), and at the end.
    LocalInfile &setProgress(Progress progress);

    //! For the library's own use.
    const std::shared_ptr<LocalInfileData> &data() const noexcept { return d; }

private:
    std::shared_ptr<LocalInfileData> d;
};

} // namespace QAsyncMySql
