// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/ConnectOptions>
#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Error>
#include <QAsyncMySql/FakeScript>
#include <QAsyncMySql/ResultSet>

#include <QtCore/QMetaType>
#include <QtTest/QTest>

#include <functional>
#include <optional>

/*!
    One way in which a server can misbehave, and what must come of it. Beside what is said here, every case
    must finish once, in time and in bounded memory, tell the password to nobody, and leave the connection
    closed or in good order.
*/
class HostileCase
{
public:
    using Error = QAsyncMySql::Error;
    using FakeScript = QAsyncMySql::FakeScript;
    enum class Operation : quint8
    {
        Open, // the misbehaviour comes before the login is over
        Query,
        Execute,
        Ping,
        Reset,
        Use,
        ChangeUser,
        Stream, // a cursor, to its end
        Idle, // nothing: the connection waits for what comes unasked
    };
    static constexpr const char *Password = "sentinel-password-4711";

    HostileCase() = default;
    //! The whole of a connection, in which the client does \a operation once it is let in.
    static HostileCase login(const FakeScript &script, Operation operation = Operation::Open);
    //! What \a answer is to the statement of \a operation, after a regular login.
    static HostileCase answer(const FakeScript &answer, Operation operation = Operation::Query);

    //! The greeting of answer()'s login.
    HostileCase &withGreeting(const QAsyncMySql::FakeGreeting &greeting);

    // What must come of it. Exactly one of the first three:
    HostileCase &fails(Error::Kind kind, Error::Phase phase); //!< and the connection is closed
    HostileCase &failsGently(Error::Kind kind); //!< and the connection goes on
    HostileCase &succeeds(std::function<QString(const QAsyncMySql::ResultSet &)> check = {}); //!< "" if good

    HostileCase &withCode(int code);
    HostileCase &withOutcome(Error::Outcome outcome);
    HostileCase &saying(const QString &part); //!< the message holds this
    HostileCase &withoutSaying(const QString &part);
    HostileCase &fromFirst(); //!< the error is that of the second of two operations; the first succeeds
    //! Timeouts that are meant to pass; otherwise they are so long that they cannot be the cause.
    HostileCase &impatient();
    HostileCase &withOptions(std::function<void(QAsyncMySql::ConnectOptions &)> change);
    HostileCase &withTls(QAsyncMySql::TestCertificates::Server kind
                         = QAsyncMySql::TestCertificates::Server::Valid);
    HostileCase &withMemory(qint64 bytes); //!< what may be taken, beside 8 MiB
    HostileCase &withoutSending(); //!< not one byte may come from the client

    //! Plays it. To be called once per test function; failures are those of QtTest.
    void run() const;

private:
    void operate(QAsyncMySql::Connection &connection,
                 std::function<void(Error, QAsyncMySql::ResultSet)> done) const;
    void judge(const Error &error) const;

    FakeScript m_script;
    QAsyncMySql::FakeGreeting m_greeting;
    std::function<QString(const QAsyncMySql::ResultSet &)> m_check;
    std::function<void(QAsyncMySql::ConnectOptions &)> m_change;
    std::optional<Error::Kind> m_kind;
    std::optional<Error::Phase> m_phase;
    std::optional<Error::Outcome> m_outcome;
    std::optional<int> m_code;
    std::optional<QAsyncMySql::TestCertificates::Server> m_certificate;
    QString m_part;
    QString m_unsaid;
    qint64 m_memory = 0;
    Operation m_operation = Operation::Open;
    bool m_letIn = false; // before m_script
    bool m_kept = false;
    bool m_second = false;
    bool m_impatient = false;
    bool m_silent = false;
};
Q_DECLARE_METATYPE(HostileCase)

//! A row of a test's data.
inline void addCase(const char *name, const HostileCase &hostile)
{
    QTest::newRow(name) << hostile;
}
