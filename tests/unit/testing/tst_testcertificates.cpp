// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/testcertificates.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>
#include <QtTest/QtTest>

#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

using namespace QAsyncMySql;
using Server = TestCertificates::Server;

class tst_TestCertificates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void notCreated();
    void badDirectory();
    void verify_data();
    void verify();
    void clientCertificate();
    void keysArePrivate();
    void keysFit_data();
    void keysFit();

private:
    static X509 *load(const QString &path);
    QTemporaryDir m_directory;
    TestCertificates m_certificates;
};

X509 *tst_TestCertificates::load(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return nullptr;
    const QByteArray pem = file.readAll();
    BIO *bio = BIO_new_mem_buf(pem.constData(), int(pem.size()));
    X509 *result = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    return result;
}

void tst_TestCertificates::initTestCase()
{
    QVERIFY(m_directory.isValid());
    QVERIFY2(m_certificates.create(m_directory.path(),
                                   {QStringLiteral("extra.test"), QStringLiteral("192.0.2.7")}),
             qPrintable(m_certificates.errorString()));
    QVERIFY(m_certificates.isValid());
}

void tst_TestCertificates::notCreated()
{
    const TestCertificates none;
    QVERIFY(!none.isValid());
    QCOMPARE(none.caCertificatePath(), QString());
    QCOMPARE(none.serverKeyPath(), QString());
}

void tst_TestCertificates::badDirectory()
{
    TestCertificates certificates;
    const QString missing = m_directory.filePath(QStringLiteral("missing"));
    QVERIFY(!certificates.create(missing));
    QVERIFY(!certificates.isValid());
    QVERIFY2(certificates.errorString().contains(missing), qPrintable(certificates.errorString()));
}

void tst_TestCertificates::verify_data()
{
    QTest::addColumn<Server>("kind");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("error");
    const auto row = [](const char *title, Server kind, const char *name, int error) {
        QTest::newRow(title) << kind << QString::fromLatin1(name) << error;
    };
    row("by name", Server::Valid, "localhost", X509_V_OK);
    row("by address", Server::Valid, "127.0.0.1", X509_V_OK);
    row("by IPv6 address", Server::Valid, "::1", X509_V_OK);
    row("by an extra name", Server::Valid, "extra.test", X509_V_OK);
    row("by an extra address", Server::Valid, "192.0.2.7", X509_V_OK);
    row("for another name", Server::Valid, "example.org", X509_V_ERR_HOSTNAME_MISMATCH);
    row("wrong name", Server::WrongName, "localhost", X509_V_ERR_HOSTNAME_MISMATCH);
    row("its own name", Server::WrongName, "other.test", X509_V_OK);
    row("wrong address", Server::WrongName, "127.0.0.1", X509_V_ERR_IP_ADDRESS_MISMATCH);
    row("expired", Server::Expired, "localhost", X509_V_ERR_CERT_HAS_EXPIRED);
    row("unknown authority", Server::UnknownAuthority, "localhost",
        X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
}

void tst_TestCertificates::verify()
{
    QFETCH(Server, kind);
    QFETCH(QString, name);
    X509 *authority = load(m_certificates.caCertificatePath());
    X509 *leaf = load(m_certificates.serverCertificatePath(kind));
    QVERIFY(authority && leaf);

    X509_STORE *store = X509_STORE_new();
    X509_STORE_add_cert(store, authority);
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    X509_STORE_CTX_init(context, store, leaf, nullptr);
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_SERVER);
    const QByteArray peer = name.toLatin1();
    if (name.contains(u':') || name.at(0).isDigit())
        X509_VERIFY_PARAM_set1_ip_asc(parameters, peer.constData());
    else
        X509_VERIFY_PARAM_set1_host(parameters, peer.constData(), 0);
    X509_verify_cert(context);
    const int error = X509_STORE_CTX_get_error(context);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    X509_free(leaf);
    X509_free(authority);
    QTEST(error, "error");
}

void tst_TestCertificates::clientCertificate()
{
    const auto certificates = QSslCertificate::fromPath(m_certificates.clientCertificatePath());
    QCOMPARE(certificates.size(), 1);
    QCOMPARE(certificates.first().subjectInfo(QSslCertificate::CommonName),
             QStringList{QStringLiteral("testclient")});
    QCOMPARE(certificates.first().issuerInfo(QSslCertificate::CommonName),
             QStringList{QStringLiteral("Test CA")});
}

void tst_TestCertificates::keysArePrivate()
{
    const QFile::Permissions others
        = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QString &path : {m_certificates.serverKeyPath(), m_certificates.serverKeyPath(Server::Expired),
                                m_certificates.clientKeyPath()})
        QCOMPARE(QFile::permissions(path) & others, QFile::Permissions());
    // The keys of the authorities are not needed again, so they are nowhere.
    QVERIFY(QDir(m_directory.path()).entryList({QStringLiteral("*ca.key")}).isEmpty());
}

void tst_TestCertificates::keysFit_data()
{
    QTest::addColumn<Server>("kind");
    QTest::newRow("valid") << Server::Valid;
    QTest::newRow("wrong name") << Server::WrongName;
    QTest::newRow("expired") << Server::Expired;
    QTest::newRow("unknown authority") << Server::UnknownAuthority;
}

void tst_TestCertificates::keysFit()
{
    QFETCH(Server, kind);
    const auto certificates = QSslCertificate::fromPath(m_certificates.serverCertificatePath(kind));
    QFile keyFile(m_certificates.serverKeyPath(kind));
    QCOMPARE(certificates.size(), 1);
    QVERIFY(keyFile.open(QIODevice::ReadOnly));
    const QSslKey key(&keyFile, QSsl::Ec);
    QVERIFY(!key.isNull());
    QCOMPARE(certificates.first().publicKey().length(), key.length());
    const QByteArray pem = [&] {
        keyFile.seek(0);
        return keyFile.readAll();
    }();
    BIO *bio = BIO_new_mem_buf(pem.constData(), int(pem.size()));
    EVP_PKEY *privateKey = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    X509 *leaf = load(m_certificates.serverCertificatePath(kind));
    QCOMPARE(X509_check_private_key(leaf, privateKey), 1);
    X509_free(leaf);
    EVP_PKEY_free(privateKey);
}

QTEST_GUILESS_MAIN(tst_TestCertificates)
#include "tst_testcertificates.moc"
