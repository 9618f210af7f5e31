// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QSslConfiguration>

#include <functional>

namespace QAsyncMySql::Transport {

//! Why a transport cannot go on.
struct Failure
{
    enum class Kind : quint8
    {
        Connect, // no connection could be made
        Lost, // the connection broke, or the other side closed it
        Tls, // TLS could not be had, or the peer's identity could not be proven
    };
    Kind kind = Kind::Lost;
    QString text; // a full sentence
};

//! Told of what happens to a transport. Called from the event loop, never from within a call to the
//! transport.
class Observer
{
public:
    virtual void transportOpened() = 0;
    //! There is something to read. Not repeated until something was read.
    virtual void transportReadable() = 0;
    virtual void transportEncrypted() = 0;
    //! Some of what was queued has gone out; only after Stream::watchWrites().
    virtual void transportWritten() = 0;
    //! The end: nothing follows. What was received before may still be read.
    virtual void transportFailed(const Failure &failure) = 0;

protected:
    ~Observer() = default;
};

//! How a peer's certificate is judged.
enum class PeerCheck : quint8
{
    None,
    Authority,
    Identity
};

//! How a stream is to be encrypted.
struct TlsParameters
{
    QSslConfiguration configuration;
    QString peerName; // whose certificate it must be
    PeerCheck check = PeerCheck::Identity;
    /*! A certificate of a name or authority that proves nothing is let through (one that is expired is not):
       the owner finds out by Stream::isPeerTrusted(), and has the peer prove itself otherwise. */
    bool acceptUntrusted = false;
};

/*!
    A stream of bytes to a server. Reads only when it is asked, so that not reading holds the sender back.

    After closing or a failure it is of no more use; it is not reopened.
*/
class Stream
{
public:
    explicit Stream(Observer &observer)
        : m_observer(&observer)
    {
    }
    virtual ~Stream();
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    virtual void open() = 0;
    //! Up to \a max bytes into \a data. 0 if there are none now, -1 at the end of the stream.
    virtual qint64 read(char *data, qint64 max) = 0;
    //! Bytes that can be read at once, as far as they are known without asking the system.
    virtual qint64 bufferedBytes() const { return 0; }
    //! Queues \a data for sending; as much as possible goes out at once.
    virtual void write(const QByteArray &data) = 0;
    //! Bytes that were written and have not gone out yet.
    virtual qint64 bytesToWrite() const = 0;
    //! From now on, transportWritten() tells when there is less to be written. For who sends much: each
    //! write costs more then.
    virtual void watchWrites() = 0;
    //! Encrypts the stream from here on; transportEncrypted() or transportFailed() follows.
    virtual void startTls(const TlsParameters &parameters);
    virtual QSslConfiguration tlsConfiguration() const { return {}; }
    //! False if the certificate was let through only by TlsParameters::acceptUntrusted.
    virtual bool isPeerTrusted() const { return true; }
    //! Called with a new TLS session ticket, whenever one comes. To be set before startTls().
    std::function<void(const QByteArray &ticket)> onSessionTicket;
    //! Sends what is queued and closes; the observer hears no more.
    virtual void close() = 0;
    //! Closes at once; the observer hears no more.
    virtual void abort() = 0;

    //! A socket within this machine: no one else listens.
    virtual bool isLocal() const { return false; }
    //! The peer's address where it has one.
    virtual QHostAddress peerAddress() const { return {}; }

protected:
    //! The observer, or null once closed.
    Observer *observer() const noexcept { return m_observer; }
    void silence() noexcept { m_observer = nullptr; }

private:
    Observer *m_observer;
};

} // namespace QAsyncMySql::Transport
