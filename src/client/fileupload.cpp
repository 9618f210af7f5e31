// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/fileupload.h"

#include <QtCore/QProcess>
#include <QtCore/QThread>
#include <QtNetwork/QAbstractSocket>
#include <QtNetwork/QLocalSocket>
#include <QtNetwork/QNetworkReply>

namespace QAsyncMySql::Internal {

namespace {

constexpr qsizetype PartSize
    = 64 * 1024; // bytes; under the smallest max_allowed_packet that servers have in use
constexpr qint64 ReportInterval = 100; // ms

// A sequential device that gives no more bytes has come to its end, or to grief: only some kinds can tell.
bool brokeOff(const QIODevice &device)
{
    if (const auto *socket = qobject_cast<const QAbstractSocket *>(&device))
        return socket->error() != QAbstractSocket::RemoteHostClosedError
            && socket->error() != QAbstractSocket::UnknownSocketError;
    if (const auto *socket = qobject_cast<const QLocalSocket *>(&device))
        return socket->error() != QLocalSocket::PeerClosedError
            && socket->error() != QLocalSocket::UnknownSocketError;
    if (const auto *reply = qobject_cast<const QNetworkReply *>(&device))
        return reply->error() != QNetworkReply::NoError;
    if (const auto *process = qobject_cast<const QProcess *>(&device))
        return process->error() != QProcess::UnknownError || process->exitStatus() == QProcess::CrashExit;
    if (const auto *file = qobject_cast<const QFileDevice *>(&device))
        return file->error() != QFileDevice::NoError;
    return false;
}

// True if a device that has just given nothing will never give more.
bool isOver(const QIODevice &device)
{
    if (!device.isOpen()
        || qobject_cast<const QFileDevice *>(&device)) // a pipe as a QFile is waited for by read()
        return true;
    if (const auto *socket = qobject_cast<const QAbstractSocket *>(&device))
        return socket->state() == QAbstractSocket::UnconnectedState;
    if (const auto *socket = qobject_cast<const QLocalSocket *>(&device))
        return socket->state() == QLocalSocket::UnconnectedState;
    if (const auto *reply = qobject_cast<const QNetworkReply *>(&device))
        return reply->isFinished();
    if (const auto *process = qobject_cast<const QProcess *>(&device))
        return process->state() == QProcess::NotRunning;
    return false;
}

Error unreadable(const QString &what)
{
    return Error(Error::Kind::Usage, what, Error::Outcome::NotSent, Error::Phase::Command);
}

} // namespace

FileUpload::FileUpload(const LocalInfile &source, std::shared_ptr<EventPort> port, const QString &purpose)
    : m_source(source.data())
    , m_port(std::move(port))
    , m_purpose(purpose)
{
}

QIODevice *FileUpload::device() const
{
    return m_source->path.isNull() ? m_source->device.data() : const_cast<QFile *>(&m_file);
}

QByteArray FileUpload::name() const
{
    return m_source->name.isNull() ? QByteArray() : m_source->name.toUtf8();
}

Error FileUpload::open()
{
    if (!m_source->path.isNull()) {
        m_file.setFileName(m_source->path);
        if (!m_file.open(QIODevice::ReadOnly)) {
            return unreadable(QStringLiteral("The file \"%1\" cannot be read: %2.")
                                  .arg(m_source->path, m_file.errorString()));
        }
    }
    QIODevice *const source = device();
    if (!source)
        return unreadable(QStringLiteral("The device for %1 has been destroyed.").arg(m_purpose));
    if (source->thread() != QThread::currentThread()) {
        return unreadable(
            QStringLiteral("The device for %1 lives in another thread than the connection.").arg(m_purpose));
    }
    if (!source->isReadable() && !source->isSequential())
        return unreadable(QStringLiteral("The device for %1 is not open for reading.").arg(m_purpose));
    m_sequential = source->isSequential();
    m_start = source->pos();
    if (!m_sequential)
        m_total = source->size() - m_start;
    m_source->sent = 0;
    watch();
    return {};
}

void FileUpload::watch()
{
    QIODevice *const source = device();
    const auto wake = [this] { m_port->postWork(); };
    const auto finished = [this] {
        m_finished = true;
        m_port->postWork();
    };
    QObject::connect(source, &QIODevice::readyRead, &m_context, wake);
    QObject::connect(source, &QIODevice::readChannelFinished, &m_context, finished);
    QObject::connect(source, &QIODevice::aboutToClose, &m_context, wake);
    QObject::connect(source, &QObject::destroyed, &m_context, wake);
    if (const auto *reply = qobject_cast<QNetworkReply *>(source))
        QObject::connect(reply, &QNetworkReply::finished, &m_context, finished);
    if (const auto *process = qobject_cast<QProcess *>(source))
        QObject::connect(process, &QProcess::finished, &m_context, finished);
    if (const auto *socket = qobject_cast<QAbstractSocket *>(source))
        QObject::connect(socket, &QAbstractSocket::disconnected, &m_context, finished);
    if (const auto *socket = qobject_cast<QLocalSocket *>(source))
        QObject::connect(socket, &QLocalSocket::disconnected, &m_context, finished);
}

bool FileUpload::isReady()
{
    if (m_ended)
        return false;
    const QIODevice *const source = device();
    // One read that gives nothing at least: what ended before we listened says so there only.
    return !m_sequential || !m_asked || !source || m_finished || source->bytesAvailable() > 0
        || isOver(*source);
}

bool FileUpload::rewind()
{
    QIODevice *const source = device();
    if (m_sequential || !source || !source->seek(m_start))
        return false;
    m_source->sent = 0;
    m_failure.clear();
    m_ended = false;
    return true;
}

QByteArrayView FileUpload::read()
{
    if (m_ended)
        return {};
    QIODevice *const source = device();
    if (!source) {
        m_failure = QStringLiteral("it was destroyed");
        m_ended = true;
        return {};
    }
    m_asked = true;
    m_buffer.resize(PartSize);
    const qint64 count = source->isReadable() ? source->read(m_buffer.data(), m_buffer.size()) : -1;
    if (count > 0) {
        m_asked = false;
        m_source->sent += count;
        report();
        return QByteArrayView(m_buffer).first(count);
    }
    if (m_sequential)
        endOfSequential(count < 0 && source->isOpen());
    else if (count < 0 || !source->atEnd())
        m_failure = source->errorString();
    m_ended = m_ended || !m_sequential || !m_failure.isEmpty();
    if (m_ended)
        report();
    return {};
}

// Nothing came: is it the end, the end of all hope, or just a while?
void FileUpload::endOfSequential(bool said)
{
    const QIODevice *const source = device();
    m_finished = m_finished || said;
    if (!m_finished && !isOver(*source))
        return;
    if (!source->isOpen() && !m_finished)
        m_failure = QStringLiteral("it was closed");
    else if (brokeOff(*source))
        m_failure = source->errorString();
    m_ended = true;
}

void FileUpload::report()
{
    if (!m_source->progress
        || (m_lastReport.isValid() && m_lastReport.elapsed() < ReportInterval && !m_ended))
        return;
    m_lastReport.start();
    m_port->call(
        [source = m_source, sent = m_source->sent, total = m_total] { source->progress(sent, total); });
}

} // namespace QAsyncMySql::Internal
