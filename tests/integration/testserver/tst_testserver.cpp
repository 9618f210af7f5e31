// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/servermatrix.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QLocalSocket>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslSocket>

#include <csignal>

using namespace QAsyncMySql;
using Certificate = TestCertificates::Server;

class tst_TestServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void lifeCycle_data() { ServerMatrix::addRows(); }
    void lifeCycle();
    void certificates_data();
    void certificates();
    void restartKeepsPort_data() { ServerMatrix::addRows(); }
    void restartKeepsPort();
    void noticesItsEnd();
    void startsAnew();
    void badArgument_data() { ServerMatrix::addRows(); }
    void badArgument();
    void namedByUrl();
    void tooLittleTime();
    void crash_data();
    void crash();
    void manyAtOnce();

private:
    static QByteArray greetingOf(QIODevice &socket);
    static bool processExists(qint64 processId) { return ::kill(pid_t(processId), 0) == 0; }
    QString m_any; // the server that is quickest to start
};

//! The server called id, for us alone; ends the test function where it cannot be had.
#define START_PRIVATE(server, id)                                                                            \
    const auto server = ServerMatrix::startPrivate(id);                                                      \
    if (!server->isRunning()) {                                                                              \
        if (ServerMatrix::isRequired(id))                                                                    \
            QFAIL(qPrintable(server->errorString()));                                                        \
        QSKIP(qPrintable(server->errorString()));                                                            \
    }

void tst_TestServer::initTestCase()
{
    if (qEnvironmentVariableIsSet("QASYNCMYSQL_TEST_SERVER_URL"))
        QSKIP("A server named by URL is not ours to start and kill.");
    m_any = ServerMatrix::ids().constFirst();
}

QByteArray tst_TestServer::greetingOf(QIODevice &socket)
{
    QByteArray data;
    while (data.size() < 5 && (socket.bytesAvailable() || socket.waitForReadyRead(10000)))
        data += socket.readAll();
    return data;
}

void tst_TestServer::lifeCycle()
{
    QFETCH(QString, server);
    START_PRIVATE(live, server);
    QVERIFY(live->start()); // once more does nothing
    const qint64 processId = live->processId();
    const QString directory = live->directory();
    const quint16 port = live->port();
    QVERIFY(processExists(processId));
    QVERIFY(QFileInfo(directory).isDir());
    QCOMPARE(QFile::permissions(directory)
                 & (QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther),
             QFile::Permissions());
    QVERIFY(port >= 20000 && port < 32000);
    QVERIFY(live->socketPath().toLocal8Bit().size() < 104);
    QVERIFY(!live->user().isEmpty() && live->password().size() >= 16 && live->rootPassword().size() >= 16);
    QVERIFY(live->password() != live->rootPassword());
    QVERIFY(live->logText().contains(live->serverVersion().section(u'-', 0, 0)));
    const QUrl url = live->url();
    QCOMPARE(url.port(), int(port));
    QCOMPARE(url.password(QUrl::FullyDecoded), live->password());
    QVERIFY2(url.query(QUrl::FullyDecoded).contains(live->caCertificatePath()), qPrintable(url.query()));

    QTcpSocket tcp;
    tcp.connectToHost(live->host(), port);
    QCOMPARE(greetingOf(tcp).mid(4, 1), QByteArray("\x0a"));
    QLocalSocket local;
    local.connectToServer(live->socketPath());
    QCOMPARE(greetingOf(local).mid(4, 1), QByteArray("\x0a"));

    live->stop();
    QVERIFY(!live->isRunning());
    QVERIFY(!processExists(processId));
    QVERIFY(!QFileInfo::exists(directory));
    QTcpSocket refused;
    refused.connectToHost(QStringLiteral("127.0.0.1"), port);
    QVERIFY(!refused.waitForConnected(10000));
}

void tst_TestServer::certificates_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<Certificate>("kind");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QList<int>>("expected");
    using Error = QSslError::SslError;
    const auto row
        = [](const QString &server, const char *name, Certificate kind, const char *host, QList<int> errors) {
              QTest::addRow("%s %s", qPrintable(server), name)
                  << server << kind << QString::fromLatin1(host) << errors;
          };
    const QStringList ids = ServerMatrix::ids();
    for (const QString &id : ids) {
        row(id, "valid by name", Certificate::Valid, "localhost", {});
        row(id, "valid by address", Certificate::Valid, "127.0.0.1", {});
    }
    row(ids.constFirst(), "wrong name", Certificate::WrongName, "localhost", {Error::HostNameMismatch});
    row(ids.constFirst(), "expired", Certificate::Expired, "localhost", {Error::CertificateExpired});
    row(ids.constFirst(), "unknown authority", Certificate::UnknownAuthority, "localhost",
        {Error::UnableToGetLocalIssuerCertificate, Error::UnableToVerifyFirstCertificate});
}

void tst_TestServer::certificates()
{
    QFETCH(QString, server);
    QFETCH(Certificate, kind);
    QFETCH(QString, host);
    QFETCH(QList<int>, expected);
    TestServerOptions options = ServerMatrix::options(server);
    options.setServerCertificate(kind);
    TestServer live(options);
    if (!live.start() && !ServerMatrix::isRequired(server))
        QSKIP(qPrintable(live.errorString()));
    QVERIFY2(live.isRunning(), qPrintable(live.errorString()));

    QSslSocket socket;
    auto configuration = socket.sslConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(live.caCertificatePath()));
    socket.setSslConfiguration(configuration);
    socket.connectToHost(QStringLiteral("127.0.0.1"), live.port());
    QCOMPARE(greetingOf(socket).mid(4, 1), QByteArray("\x0a"));
    // Protocol::SSLRequest: CLIENT_PROTOCOL_41 | CLIENT_SSL | CLIENT_SECURE_CONNECTION, 16 MiB packets,
    // utf8mb4.
    socket.write(QByteArray::fromHex("20000001"
                                     "008a0000"
                                     "00000001"
                                     "2d")
                 + QByteArray(23, '\0'));
    QVERIFY(socket.waitForBytesWritten(10000));
    QList<int> found;
    connect(&socket, &QSslSocket::sslErrors, this, [&](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            found.append(error.error());
        socket.ignoreSslErrors();
    });
    socket.setPeerVerifyName(host);
    socket.startClientEncryption();
    QVERIFY2(socket.waitForEncrypted(10000), qPrintable(socket.errorString()));
    QCOMPARE(found, expected);
}

void tst_TestServer::restartKeepsPort()
{
    QFETCH(QString, server);
    START_PRIVATE(live, server);
    const quint16 port = live->port();
    const QString directory = live->directory();
    const qint64 processId = live->processId();

    QVERIFY2(live->kill(), qPrintable(live->errorString()));
    QVERIFY(!live->isRunning());
    QCOMPARE(live->processId(), qint64(0));
    QVERIFY(!processExists(processId));
    QVERIFY(QFileInfo::exists(directory)); // the data stays
    QVERIFY(!live->kill());
    QVERIFY(!live->errorString().isEmpty());

    QVERIFY2(live->restart(), qPrintable(live->errorString()));
    QVERIFY(live->isRunning());
    QCOMPARE(live->port(), port);
    QCOMPARE(live->directory(), directory);
    QVERIFY(live->processId() != processId);

    // Also while it is running.
    const qint64 second = live->processId();
    QVERIFY2(live->restart(), qPrintable(live->errorString()));
    QVERIFY(live->processId() != second);
    QTcpSocket socket;
    socket.connectToHost(live->host(), port);
    QCOMPARE(greetingOf(socket).mid(4, 1), QByteArray("\x0a"));
}

void tst_TestServer::noticesItsEnd()
{
    START_PRIVATE(live, m_any);
    QVERIFY(::kill(pid_t(live->processId()), SIGKILL) == 0);
    QTRY_VERIFY_WITH_TIMEOUT(!live->isRunning(), 20000);
    QVERIFY2(live->restart(), qPrintable(live->errorString()));
    QVERIFY(live->isRunning());
}

void tst_TestServer::startsAnew()
{
    START_PRIVATE(live, m_any);
    const QString directory = live->directory();
    live->stop();
    QVERIFY2(live->start(), qPrintable(live->errorString()));
    QVERIFY(live->directory() != directory);
    QVERIFY(!QFileInfo::exists(directory));
}

void tst_TestServer::badArgument()
{
    QFETCH(QString, server);
    START_PRIVATE(good, server);
    good->stop();
    const auto live = ServerMatrix::startPrivate(server, {QStringLiteral("--no-such-option=1")});
    QVERIFY(!live->isRunning());
    // The reason is in the server's own words.
    QVERIFY2(live->errorString().contains(QLatin1String("no-such-option=1'")),
             qPrintable(live->errorString()));
}

void tst_TestServer::namedByUrl()
{
    START_PRIVATE(live, m_any);
    TestServerOptions options;
    options.setServerUrl(QStringLiteral("mysql://someone:secret%40word@127.0.0.1:%1/shop?socket=%2")
                             .arg(QString::number(live->port()), live->socketPath()));
    {
        TestServer named(options);
        QVERIFY2(named.start(), qPrintable(named.errorString()));
        QCOMPARE(named.providerName(), QStringLiteral("url"));
        QCOMPARE(named.serverVersion(), live->serverVersion());
        QCOMPARE(named.flavor(), live->flavor());
        QCOMPARE(named.port(), live->port());
        QCOMPARE(named.user(), QStringLiteral("someone"));
        QCOMPARE(named.password(), QStringLiteral("secret@word"));
        QCOMPARE(named.database(), QStringLiteral("shop"));
        QCOMPARE(named.socketPath(), live->socketPath());
        QCOMPARE(named.processId(), qint64(0));
        QVERIFY(!named.kill());
        QVERIFY(!named.restart());
        QVERIFY(named.isRunning());
        named.stop();
    }
    QVERIFY(live->isRunning()); // it is not ours

    options.setImage(QStringLiteral("mysql:3"));
    TestServer other(options);
    QVERIFY(!other.start());
    QVERIFY2(other.errorString().contains(live->serverVersion()), qPrintable(other.errorString()));
    QVERIFY2(!other.errorString().contains(QLatin1String("secret")), qPrintable(other.errorString()));
}

void tst_TestServer::tooLittleTime()
{
    START_PRIVATE(good, m_any); // makes the template, too
    TestServerOptions options = ServerMatrix::options(m_any);
    options.setStartTimeout(1);
    TestServer live(options);
    QVERIFY(!live.start());
    QVERIFY(!live.isRunning());
    QVERIFY(!live.errorString().isEmpty());
    QVERIFY(!QFileInfo::exists(live.directory()));
}

void tst_TestServer::crash_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("how");
    const QStringList ids = ServerMatrix::ids();
    for (const QString &id : ids)
        QTest::addRow("%s abort", qPrintable(id)) << id << QStringLiteral("abort");
    for (const char *how : {"kill", "exit", "return"})
        QTest::addRow("%s %s", qPrintable(ids.constFirst()), how)
            << ids.constFirst() << QString::fromLatin1(how);
}

void tst_TestServer::crash()
{
    QFETCH(QString, server);
    QFETCH(QString, how);
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QStringLiteral(CRASHER), {server, how});
    QVERIFY2(program.waitForFinished(100000), qPrintable(program.errorString()));
    const QJsonObject object = QJsonDocument::fromJson(program.readAllStandardOutput()).object();
    const MatrixServer live = MatrixServer::fromJson(object);
    if (!live.isRunning() && !ServerMatrix::isRequired(server))
        QSKIP(qPrintable(live.error));
    QVERIFY2(live.isRunning(), qPrintable(live.error));
    QVERIFY(live.processId > 1);
    const bool crashes = how == QLatin1String("abort") || how == QLatin1String("kill");
    QCOMPARE(program.exitStatus(), crashes ? QProcess::CrashExit : QProcess::NormalExit);

    // Neither the server nor its data are left.
    QTRY_VERIFY_WITH_TIMEOUT(!processExists(live.processId), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(!QFileInfo::exists(object.value(u"directory").toString()), 20000);
}

// Programs that start at the same time, with nothing prepared: they share one template and get a port each.
void tst_TestServer::manyAtOnce()
{
    START_PRIVATE(live, m_any);
    if (live->providerName() != QLatin1String("local"))
        QSKIP("An empty cache has no unpacked server, and there is none of this version on the machine.");
    QTemporaryDir cache;
    QVERIFY(cache.isValid());
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QASYNCMYSQL_CACHE"), cache.path());
    QProcess programs[4];
    for (QProcess &program : programs) {
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(QStringLiteral(CRASHER), {m_any, QStringLiteral("wait")});
    }
    QSet<quint16> ports;
    for (QProcess &program : programs) {
        while (!program.canReadLine())
            QVERIFY2(program.waitForReadyRead(100000), qPrintable(program.errorString()));
        const MatrixServer server
            = MatrixServer::fromJson(QJsonDocument::fromJson(program.readLine()).object());
        QVERIFY2(server.isRunning(), qPrintable(server.error));
        ports.insert(server.port);
    }
    QCOMPARE(ports.size(), 4);
    for (QProcess &program : programs) {
        program.closeWriteChannel();
        QVERIFY2(program.waitForFinished(100000), qPrintable(program.errorString()));
        QCOMPARE(program.exitCode(), 0);
    }
    const QStringList templates
        = QDir(cache.filePath(QStringLiteral("templates"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(templates.size(), 1);
}

QTEST_GUILESS_MAIN(tst_TestServer)
#include "tst_testserver.moc"
