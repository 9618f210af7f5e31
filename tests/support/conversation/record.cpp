// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
// Records conversations with a live server: record-conversation URL-LIKE OPTIONS, see main() and record-all.

#include "support/conversation/player.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTextStream>
#include <QtNetwork/QLocalSocket>
#include <QtNetwork/QSslSocket>

namespace {

constexpr int Patience = 10'000; // ms

[[noreturn]] void die(const QString &text)
{
    QTextStream(stderr) << "record-conversation: " << text << Qt::endl;
    std::exit(1);
}

class Recorder
{
public:
    Recorder(const Conversation &script, QIODevice *device)
        : m_script(script)
        , m_device(device)
        , m_player(script)
    {
    }

    // The script has options and `do` lines only; a line `do + WHAT` is pipelined with the one before, and
    // "last" stands for the number of the statement prepared last.
    Conversation run()
    {
        const QList<Conversation::Item> items = m_script.items();
        for (qsizetype i = 0; i < items.size(); ++i) {
            if (items[i].kind != Conversation::Kind::Do) {
                m_result.append(items[i].kind, items[i].text);
                continue;
            }
            QByteArray what = items[i].text;
            if (what.startsWith("+ "))
                what = what.mid(2);
            what.replace(" last", QByteArray(" " + m_lastStatement));
            m_result.append(Conversation::Kind::Do, what);
            if (!m_player.begin(what))
                die(u"unknown: " + QString::fromUtf8(what));
            const bool nextIsPipelined = i + 1 < items.size() && items[i + 1].text.startsWith("+ ");
            if (nextIsPipelined)
                continue;
            send();
            if (what == "quit")
                break;
            while (!m_player.isIdle() && !m_player.failed())
                receive();
            if (m_player.failed())
                break;
        }
        return m_result;
    }

private:
    void send()
    {
        const QByteArray output = m_player.takeOutput();
        m_result.append(Conversation::Kind::ToServer, output);
        if (!output.isEmpty() && m_device->write(output) != output.size())
            die(m_device->errorString());
    }

    void receive()
    {
        if (m_device->bytesAvailable() == 0 && !m_device->waitForReadyRead(Patience))
            die(u"nothing came: " + m_device->errorString());
        const QByteArray bytes = m_device->readAll();
        m_result.append(Conversation::Kind::FromServer, bytes);
        m_player.feed(bytes);
        m_player.run();
        if (m_player.wantsTls()) {
            send();
            auto *socket = qobject_cast<QSslSocket *>(m_device);
            socket->startClientEncryption();
            if (!socket->waitForEncrypted(Patience))
                die(socket->errorString());
            m_result.append(Conversation::Kind::Do, "tls");
            m_player.begin("tls");
        }
        const QByteArrayList events = m_player.log().take();
        for (const QByteArray &event : events) {
            m_result.append(Conversation::Kind::Event, event);
            if (event.startsWith("statement "))
                m_lastStatement = event.split(' ').at(1);
        }
        send();
    }

    const Conversation &m_script;
    QIODevice *m_device;
    Player m_player;
    Conversation m_result;
    QByteArray m_lastStatement;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() != 5)
        die(QStringLiteral("usage: record-conversation SCRIPT RESULT PORT-OR-SOCKET COMMENT"));
    QString error;
    const Conversation script = Conversation::load(arguments[1], error);
    if (!error.isEmpty())
        die(arguments[1] + u": " + error);

    QSslSocket tcp;
    QLocalSocket local;
    QIODevice *device = &tcp;
    if (const quint16 port = arguments[3].toUShort()) {
        tcp.setPeerVerifyMode(QSslSocket::VerifyNone); // the recorded server is our own
        tcp.connectToHost(QStringLiteral("127.0.0.1"), port);
        if (!tcp.waitForConnected(Patience))
            die(tcp.errorString());
    } else {
        local.connectToServer(arguments[3]);
        if (!local.waitForConnected(Patience))
            die(local.errorString());
        device = &local;
    }
    const Conversation result = Recorder(script, device).run();
    if (!result.save(arguments[2], arguments[4].toUtf8()))
        die(QStringLiteral("cannot write the result"));
    return 0;
}
