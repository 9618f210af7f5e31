// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/fake/fakescriptdata.h"

#include <QAsyncMySql/fakescript.h>

#include <QtCore/QHash>
#include <QtCore/QIODevice>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <memory>
#include <optional>

namespace QAsyncMySql::Internal {

//! One connection of a FakeServer: follows its script.
class FakePeer final : public QObject
{
    Q_OBJECT

public:
    FakePeer(std::unique_ptr<QIODevice> device, const FakeScript &script);
    ~FakePeer() override;

    //! Certificates to offer TLS with.
    void setCertificates(const TestCertificates &certificates, TestCertificates::Server kind);
    void start();

    bool isDone() const { return m_step == m_script.size(); }
    bool isOpen() const { return m_open; }
    //! What is being waited for.
    QString waitsFor() const;
    const QByteArray &received() const { return m_received; }

Q_SIGNALS:
    void stepDone(int step);
    void deviated(const QString &what);
    void ended();

private:
    using Kind = FakeStep::Kind;
    struct ClientPacket
    {
        QByteArray payload;
        quint8 sequence = 0; // of its last frame
    };

    void run();
    bool perform(const FakeStep &step);
    void finishStep();
    void deviate(const QString &came);

    // What comes: fakepeerinput.cpp
    void readable();
    bool readUpTo(qsizetype size);
    bool takePacket(ClientPacket &packet);
    bool expect(const FakeStep &step);
    bool asksFor(const FakeStep &step, const QByteArray &payload) const;
    bool keepInOrder(const FakeStep &step, const QByteArray &payload);
    bool judge(const FakeStep &step, const ClientPacket &packet);
    bool judgeLogin(const FakeStep &step, const QByteArray &payload);
    bool judgeStatement(const FakeStep &step, const QByteArray &payload);
    bool judgeCommand(const FakeStep &step, const QByteArray &payload);
    void afterTheEnd();

    // What goes out: fakepeeroutput.cpp
    bool send(const QByteArray &payload);
    void greet(FakeGreeting greeting);
    void letIn(const FakeGreeting &greeting);
    void answer(const FakeStep &step);
    void answerPreparing(const QByteArray &sql);
    bool sendSlowly(const FakeStep &step);
    void sendMore(const FakeStep &step);
    void startTls(TestCertificates::Server kind);
    void hangUp();
    void closed();

    std::unique_ptr<QIODevice> m_device;
    QList<FakeStep> m_script;
    std::optional<TestCertificates> m_certificates;
    TestCertificates::Server m_certificate = TestCertificates::Server::Valid;
    QHash<quint32, QByteArray> m_prepared; // SQL by number
    QByteArray m_lastPrepared;
    QByteArray m_input; // what was read of a packet that is not complete
    QByteArray m_received;
    QTimer m_timer;
    int m_step = 0;
    qsizetype m_sent = 0; // bytes of sendSlowly()
    quint32 m_offered = 0;
    quint32 m_capabilities = 0;
    quint32 m_lastId = 0;
    quint8 m_sequence = 0; // of the next packet that is sent
    bool m_binary = false; // the answer's form
    bool m_running = false;
    bool m_waited = false; // the timer of the step is over
    bool m_tlsStarting = false;
    bool m_open = true;
    bool m_gone = false; // the client has hung up
    bool m_stalled = false;
};

} // namespace QAsyncMySql::Internal
