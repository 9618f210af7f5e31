// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/eventport.h"

#include <QAsyncMySql/error.h>
#include <QAsyncMySql/localinfile.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QPointer>

namespace QAsyncMySql {

//! What copies of a LocalInfile share.
class LocalInfileData
{
public:
    QString path; // or the device
    QPointer<QIODevice> device;
    QString name; // null: any
    LocalInfile::Progress progress;
    qint64 sent = 0;
};

namespace Internal {

/*!
    Reads the device behind a LocalInfile part by part, without ever waiting for it: when a sequential device
    has nothing yet, it wakes the event port once there is more.
*/
class FileUpload final
{
public:
    //! \a purpose stands in messages: "The device for ...".
    FileUpload(const LocalInfile &source, std::shared_ptr<EventPort> port, const QString &purpose);
    FileUpload(const FileUpload &) = delete;
    FileUpload &operator=(const FileUpload &) = delete;

    //! Makes ready to read; an error of kind Usage if that cannot be.
    Error open();
    //! The name as it is on the wire; null for any.
    QByteArray name() const;

    //! True if read() has something to say: bytes, the end, or an error.
    bool isReady();
    //! The next part (valid until the next call); empty at the end() or where there is none just now.
    QByteArrayView read();
    bool atEnd() const noexcept { return m_ended; }
    //! Why the device could not be read to its end; empty if it could.
    const QString &failure() const noexcept { return m_failure; }
    qint64 sent() const noexcept { return m_source->sent; }
    //! Goes back to where it began; false if the device cannot do that.
    bool rewind();
    //! Bytes in all, or -1.
    qint64 total() const noexcept { return m_total; }

private:
    QIODevice *device() const;
    void watch();
    void endOfSequential(bool said);
    void report();

    std::shared_ptr<LocalInfileData> m_source;
    std::shared_ptr<EventPort> m_port;
    QFile m_file;
    QObject m_context; // our connections to the device end with it
    QByteArray m_buffer;
    QString m_purpose;
    QString m_failure;
    QElapsedTimer m_lastReport;
    qint64 m_start = 0; // where the device stood
    qint64 m_total = -1;
    bool m_sequential = false;
    bool m_asked = false; // and there was nothing
    bool m_finished = false; // a sequential device said that nothing more comes
    bool m_ended = false;
};

} // namespace Internal

} // namespace QAsyncMySql
