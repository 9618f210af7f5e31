// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>

using namespace QAsyncMySql;

namespace {

QString statusOf(Connection &connection, const QString &variable)
{
    const auto row = await(connection.query(u"SHOW SESSION STATUS LIKE ?", variable));
    return row && row->size() == 1 ? row->at(0).get<QString>(1) : QString();
}

//! The server's certificate, and what pins it.
struct Pins
{
    explicit Pins(const QSslCertificate &certificate)
        : ofCertificate(QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':')))
        , ofKey(QStringLiteral("sha256//")
                + QString::fromLatin1(
                    QCryptographicHash::hash(certificate.publicKey().toDer(), QCryptographicHash::Sha256)
                        .toBase64()))
    {
    }
    QString ofCertificate;
    QString ofKey;
};

} // namespace

class tst_Tls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modes_data();
    void modes();
    void versions_data() { ServerMatrix::addRows(); }
    void versions();
    void clientCertificate_data() { ServerMatrix::addRows(); }
    void clientCertificate();
    void authorities_data() { ServerMatrix::addRows(); }
    void authorities();
    void pins_data() { ServerMatrix::addRows(); }
    void pins();
    void resumption_data();
    void resumption();
    void provenByPassword_data();
    void provenByPassword();
    void badFiles();
};

void tst_Tls::modes_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<SslMode>("mode");
    QTest::addColumn<bool>("knowsAuthority");
    QTest::addColumn<bool>("encrypted");
    QTest::addColumn<bool>("opens");
    for (const QString &id : ServerMatrix::ids()) {
        const auto add = [&](const char *name, SslMode mode, bool knows, bool encrypted, bool opens) {
            QTest::addRow("%s %s", qPrintable(id), name) << id << mode << knows << encrypted << opens;
        };
        add("disabled", SslMode::Disabled, false, false, true);
        add("preferred", SslMode::Preferred, false, true, true);
        add("required", SslMode::Required, false, true, true);
        add("CA, unknown", SslMode::VerifyCa, false, true, false);
        add("CA, known", SslMode::VerifyCa, true, true, true);
        add("identity, unknown", SslMode::VerifyIdentity, false, true, false);
        add("identity, known", SslMode::VerifyIdentity, true, true, true);
    }
}

void tst_Tls::modes()
{
    MATRIX_SERVER(live);
    QFETCH(SslMode, mode);
    QFETCH(bool, knowsAuthority);
    QFETCH(bool, encrypted);
    QFETCH(bool, opens);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setSslMode(mode).setPublicKeyRetrieval(true);
    if (!knowsAuthority)
        options.setSslCaFile({});
    Connection connection;
    const auto opened = await(connection.open(options));
    if (!opens) {
        QCOMPARE(opened.error().kind(), Error::Kind::Security);
        QCOMPARE(opened.error().phase(), Error::Phase::Tls);
        const QString text = opened.error().message();
        QVERIFY2(text.contains(u"certificate \"") && text.contains(u"issued by") && text.contains(u"ssl-ca"),
                 qPrintable(text));
        return;
    }
    VERIFY_OK(opened);
    QCOMPARE(connection.isEncrypted(), encrypted);
    QCOMPARE(statusOf(connection, QStringLiteral("Ssl_version")).isEmpty(), !encrypted);
}

void tst_Tls::versions()
{
    MATRIX_SERVER(live);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    Connection connection;
    VERIFY_OK(await(connection.open(options.setMinimumTlsVersion(QSsl::TlsV1_3OrLater))));
    QCOMPARE(statusOf(connection, QStringLiteral("Ssl_version")), QStringLiteral("TLSv1.3"));
    VERIFY_OK(await(connection.close()));
    // The program's own configuration is honoured.
    QSslConfiguration own = options.sslConfiguration();
    own.setProtocol(QSsl::TlsV1_2);
    VERIFY_OK(await(connection.open(options.setSslConfiguration(own))));
    QCOMPARE(statusOf(connection, QStringLiteral("Ssl_version")), QStringLiteral("TLSv1.2"));
}

void tst_Tls::clientCertificate()
{
    MATRIX_SERVER(live);
    Connection connection;
    const ConnectOptions admin = *ConnectOptions::fromUrl(live.url());
    VERIFY_OK(await(connection.open(admin)));
    VERIFY_OK(await(connection.query(u"DROP USER IF EXISTS 'tls_x509'@'%'")));
    VERIFY_OK(await(connection.query(u"CREATE USER 'tls_x509'@'%' IDENTIFIED BY 'pw' REQUIRE X509")));
    VERIFY_OK(await(connection.close()));
    ConnectOptions options
        = *ConnectOptions::fromUrl(live.url(QStringLiteral("tls_x509"), QStringLiteral("pw")));
    options.setDatabase({});
    QCOMPARE(await(connection.open(options)).error().code(), 1045);
    options.setSslClientCertificate(live.clientCertificatePath, live.clientKeyPath);
    VERIFY_OK(await(connection.open(options)));
    VERIFY_OK(await(connection.close()));

    // The same key, under a passphrase.
    QFile file(live.clientKeyPath);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray pem = file.readAll();
    QSslKey key(pem, QSsl::Ec);
    if (key.isNull())
        key = QSslKey(pem, QSsl::Rsa);
    QVERIFY(!key.isNull());
    QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("client.key"));
    QFile encrypted(path);
    QVERIFY(encrypted.open(QIODevice::WriteOnly));
    encrypted.write(key.toPem("open sesame"));
    encrypted.close();
    options.setSslClientCertificate(live.clientCertificatePath, path);
    const auto closed = await(connection.open(options));
    QCOMPARE(closed.error().kind(), Error::Kind::Usage);
    QVERIFY2(closed.error().message().contains(u"ssl-key-password"), qPrintable(closed.error().message()));
    VERIFY_OK(await(connection.open(options.setSslKeyPassphrase(Secret(QStringLiteral("open sesame"))))));
}

void tst_Tls::authorities()
{
    MATRIX_SERVER(live);
    QTemporaryDir directory;
    QVERIFY(QFile::copy(live.caCertificatePath, directory.filePath(QStringLiteral("ours.pem"))));
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setSslCaFile({}).setSslCaDirectory(directory.path());
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
}

void tst_Tls::pins()
{
    MATRIX_SERVER(live);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    const Pins right(connection.sslConfiguration().peerCertificate());
    VERIFY_OK(await(connection.close()));

    options.setSslCaFile({}).setSslMode(SslMode::Automatic);
    const QString wrong = QStringLiteral("sha256//") + QString(43, u'A') + u'=';
    for (const QString &pin : {right.ofCertificate, right.ofKey}) {
        for (int i = 0; i < 2; ++i) { // the second time, by a session that goes on
            VERIFY_OK(await(connection.open(options.setSslPins({wrong, pin}))));
            QVERIFY(connection.isEncrypted());
            VERIFY_OK(await(connection.close()));
        }
    }
    options.setSslPins({wrong});
    const auto refused = await(connection.open(options));
    QCOMPARE(refused.error().kind(), Error::Kind::Security);
    QVERIFY2(refused.error().message().contains(right.ofKey), qPrintable(refused.error().message()));
    // A pin does not replace the verification that was asked for.
    options.setSslPins({right.ofKey}).setSslMode(SslMode::VerifyCa);
    QCOMPARE(await(connection.open(options)).error().kind(), Error::Kind::Security);
    options.setSslMode(SslMode::Preferred);
    QCOMPARE(await(connection.open(options)).error().kind(), Error::Kind::Usage);
    QCOMPARE(await(connection.open(options.setSslPins({QStringLiteral("12:34")}))).error().kind(),
             Error::Kind::Usage);
}

void tst_Tls::resumption_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("tls13");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::newRow(qPrintable(id + u" 1.3")) << id << true;
        QTest::newRow(qPrintable(id + u" 1.2")) << id << false;
    }
}

void tst_Tls::resumption()
{
    QFETCH(QString, server);
    QFETCH(bool, tls13);
    // Of its own, since it counts.
    const std::unique_ptr<TestServer> own = ServerMatrix::startPrivate(server);
    const MatrixServer live = MatrixServer::fromServer(server, *own);
    if (!live.isRunning()) {
        if (ServerMatrix::isRequired(server))
            QFAIL(qPrintable(live.error));
        QSKIP(qPrintable(live.error));
    }
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    QSslConfiguration configuration = options.sslConfiguration();
    configuration.setProtocol(tls13 ? QSsl::TlsV1_3OrLater : QSsl::TlsV1_2);
    options.setSslConfiguration(configuration);

    Connection counter;
    VERIFY_OK(await(counter.open(ConnectOptions(options).setSocketPath(live.socketPath))));
    //! Sessions that went on, by the server's count, in one more connection.
    const auto resumed = [&](const ConnectOptions &how) {
        const QString variable = QStringLiteral("Ssl_session_cache_hits");
        const auto hits = [&] {
            const auto row = await(counter.query(u"SHOW GLOBAL STATUS LIKE ?", variable));
            return row && row->size() == 1 ? row->at(0).get<int>(1) : -1;
        };
        const int before = hits();
        Connection connection;
        if (const auto opened = await(connection.open(how)); !opened || !connection.isEncrypted())
            return -2;
        (void)await(connection.ping());
        (void)await(connection.close());
        return before < 0 ? before : hits() - before;
    };
    QCOMPARE(resumed(options), 0);
    if (live.isMariaDb())
        QSKIP("MariaDB's counters stay at 0; tst_tlshandshake sees it on the wire");
    // OpenSSL counts a session of TLS 1.3 twice.
    for (int i = 0; i < 3; ++i)
        QVERIFY(resumed(options) > 0);
    // Not where something else is asked of the server, and not where it is switched off.
    QCOMPARE(resumed(ConnectOptions(options).setTlsResumption(false)), 0);
    QCOMPARE(resumed(ConnectOptions(options).setSslMode(SslMode::VerifyCa)), 0);
    QCOMPARE(resumed(ConnectOptions(options).setSslMode(SslMode::Required)), 0);
    QCOMPARE(resumed(ConnectOptions(options).setHost(QStringLiteral("localhost"))), 0);
    QVERIFY(resumed(options) > 0);
}

void tst_Tls::provenByPassword_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("how");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::newRow(qPrintable(id + u" default")) << id << QStringLiteral("IDENTIFIED BY 'pw'");
        if (!id.startsWith(u"mariadb"))
            continue;
        for (const char *method : {"mysql_native_password", "ed25519", "parsec"}) {
            QTest::newRow(qPrintable(id + u' ' + QLatin1StringView(method)))
                << id
                << QStringLiteral("IDENTIFIED VIA %1 USING PASSWORD('pw')").arg(QLatin1StringView(method));
        }
    }
}

// Pitfall 14.
// The server's certificate is of an authority that we do not name.
void tst_Tls::provenByPassword()
{
    MATRIX_SERVER(live);
    QFETCH(QString, how);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    VERIFY_OK(await(connection.query(u"DROP USER IF EXISTS 'tls_proof'@'%'")));
    const auto created = await(connection.query(QString(u"CREATE USER 'tls_proof'@'%' " + how)));
    if (!created && created.error().code() == 1524)
        QSKIP(qPrintable(created.error().message()));
    VERIFY_OK(created);
    VERIFY_OK(await(connection.close()));

    ConnectOptions options
        = *ConnectOptions::fromUrl(live.url(QStringLiteral("tls_proof"), QStringLiteral("pw")));
    options.setDatabase({}).setSslCaFile({}).setVerifiesByPassword(true);
    const bool proves = live.isMariaDb() && live.version() >= QVersionNumber(11, 4);
    for (int i = 0; i < 2; ++i) { // never by a session that goes on
        const auto opened = await(connection.open(options));
        if (!proves) {
            QCOMPARE(opened.error().kind(), Error::Kind::Security);
            QVERIFY2(opened.error().message().contains(u"ssl-ca"), qPrintable(opened.error().message()));
            return;
        }
        VERIFY_OK(opened);
        QVERIFY(connection.isEncrypted());
        VERIFY_OK(await(connection.ping()));
        VERIFY_OK(await(connection.close()));
    }
    QCOMPARE(await(connection.open(options.setVerifiesByPassword(false))).error().kind(),
             Error::Kind::Security);
    QCOMPARE(await(connection.open(options.setVerifiesByPassword(true).setPassword(QStringLiteral("wrong"))))
                 .error()
                 .code(),
             1045);
}

// T15: told before anything is sent.
void tst_Tls::badFiles()
{
    const MatrixServer live = ServerMatrix::server(ServerMatrix::ids().first());
    if (!live.isRunning())
        QSKIP(qPrintable(live.error));
    QTemporaryDir empty;
    const ConnectOptions good = *ConnectOptions::fromUrl(live.url());
    const std::pair<ConnectOptions, QString> cases[]
        = {{ConnectOptions(good).setSslCaFile(QStringLiteral("/no/such.pem")), QStringLiteral("ssl-ca")},
           {ConnectOptions(good).setSslCaFile(live.clientKeyPath), QStringLiteral("ssl-ca")},
           {ConnectOptions(good).setSslCaDirectory(QStringLiteral("/no/such")), QStringLiteral("ssl-capath")},
           {ConnectOptions(good).setSslCaDirectory(empty.path()), QStringLiteral("ssl-capath")},
           {ConnectOptions(good).setSslClientCertificate(QStringLiteral("/no.pem"), live.clientKeyPath),
            QStringLiteral("ssl-cert")},
           {ConnectOptions(good).setSslClientCertificate(live.clientCertificatePath, live.caCertificatePath),
            QStringLiteral("ssl-key")}};
    for (const auto &[options, name] : cases) {
        Connection connection;
        const auto refused = await(connection.open(options));
        QCOMPARE(refused.error().kind(), Error::Kind::Usage);
        QVERIFY2(refused.error().message().contains(name), qPrintable(refused.error().message()));
    }
}

QTEST_GUILESS_MAIN(tst_Tls)
#include "tst_tls.moc"
