// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/digest.h"
#include "protocol/handshake.h"
#include "unit/protocol/wire.h"

#include <QtTest/QTest>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;
using Wire::hex;

namespace {

const QByteArray Password = "s3cret-P\xC3\xA4ssword";
const QByteArray Challenge = "abcdefghijklmnopqrst";

struct Deleter
{
    void operator()(EVP_PKEY *key) const noexcept { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX *context) const noexcept { EVP_PKEY_CTX_free(context); }
    void operator()(BIO *bio) const noexcept { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter>;

Key makeKey(int type, int bits)
{
    const std::unique_ptr<EVP_PKEY_CTX, Deleter> context(EVP_PKEY_CTX_new_id(type, nullptr));
    EVP_PKEY *key = nullptr;
    if (EVP_PKEY_keygen_init(context.get()) == 1) {
        if (type == EVP_PKEY_RSA)
            EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), bits);
        else
            EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context.get(), NID_X9_62_prime256v1);
        EVP_PKEY_keygen(context.get(), &key);
    }
    return Key(key);
}

QByteArray pemOf(EVP_PKEY *key)
{
    const std::unique_ptr<BIO, Deleter> bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PUBKEY(bio.get(), key);
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QByteArray(data, qsizetype(size));
}

QByteArray decrypt(EVP_PKEY *key, const QByteArray &bytes)
{
    const std::unique_ptr<EVP_PKEY_CTX, Deleter> context(EVP_PKEY_CTX_new(key, nullptr));
    QByteArray result(1024, '\0');
    size_t size = size_t(result.size());
    if (EVP_PKEY_decrypt_init(context.get()) <= 0
        || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) <= 0
        || EVP_PKEY_decrypt(context.get(), reinterpret_cast<unsigned char *>(result.data()), &size,
                            reinterpret_cast<const unsigned char *>(bytes.constData()), size_t(bytes.size()))
            <= 0)
        return {};
    return result.first(qsizetype(size));
}

} // namespace

/*!
    What a rogue server, or somebody on the way, can get out of a login: never the password, unless
    the rules allow it.
*/
class tst_Secrecy : public QObject
{
    Q_OBJECT

public:
    enum class Line
    {
        Plain,
        TlsUnverified,
        TlsVerified,
        Local
    };
    Q_ENUM(Line)

private Q_SLOTS:
    void initTestCase();
    void init();
    void strippedTls();
    void clearPasswordMethods_data();
    void clearPasswordMethods();
    void clearPasswordsAllowed_data();
    void clearPasswordsAllowed();
    void fullAuthentication_data();
    void fullAuthentication();
    void keyRetrieval_data();
    void keyRetrieval();
    void pinnedKey();
    void badKeys_data();
    void badKeys();
    void keyUnasked();
    void emptyPasswordAsked();
    void nulInPassword();
    void pinnedKeyAtOnce();
    void tooLongForKey();

private:
    Progress server(const QByteArray &payload);
    Progress logIn(Line line, const HandshakeOptions &options,
                   const QByteArray &method = "caching_sha2_password");
    bool leaked() const;
    QByteArray lastPacket() const;

    Key m_key; // the server's, or the attacker's
    QByteArray m_pem;
    HandshakeOptions m_options;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<HandshakeExchange> m_handshake;
    QByteArray m_output; // all bytes said
    QByteArrayList m_packets;
    int m_sequence = 0;
};

void tst_Secrecy::initTestCase()
{
    m_key = makeKey(EVP_PKEY_RSA, 2048);
    QVERIFY(m_key);
    m_pem = pemOf(m_key.get());
    QVERIFY(m_pem.startsWith("-----BEGIN PUBLIC KEY-----"));
}

void tst_Secrecy::init()
{
    m_options = HandshakeOptions();
    m_options.user = "user";
    m_options.auth.passwords = {Secret::fromUtf8(Password)};
}

Progress tst_Secrecy::server(const QByteArray &payload)
{
    Wire::feed(*m_session, Wire::frames(payload, m_sequence++));
    const Progress progress = m_session->advance(1 << 20);
    const QByteArray output = m_session->takeOutput();
    m_output += output;
    for (qsizetype at = 0; at + 4 <= output.size();) {
        const qsizetype size = quint8(output[at]) | quint8(output[at + 1]) << 8;
        m_packets.append(output.mid(at + 4, size));
        m_sequence = quint8(output[at + 3]) + 1;
        at += 4 + size;
    }
    return progress;
}

// Up to and including the handshake response.
Progress tst_Secrecy::logIn(Line line, const HandshakeOptions &options, const QByteArray &method)
{
    HandshakeOptions given = options;
    given.localTransport = line == Line::Local;
    given.useTls = line == Line::TlsUnverified || line == Line::TlsVerified;
    m_session = std::make_unique<Session>();
    m_handshake = std::make_unique<HandshakeExchange>(given);
    m_output.clear();
    m_packets.clear();
    m_sequence = 0;
    m_session->begin(m_handshake.get());
    Progress progress = server(Wire::greeting(0xFFFFFFFF, method));
    if (progress == Progress::WantsTls) {
        m_handshake->tlsEstablished(line == Line::TlsVerified);
        m_session->resumeExchange();
        m_output += m_session->takeOutput();
        m_sequence = 3;
        progress = m_session->advance(1000);
    }
    return progress;
}

bool tst_Secrecy::leaked() const
{
    return m_output.contains(Password) || m_output.contains("s3cret");
}

QByteArray tst_Secrecy::lastPacket() const
{
    return m_packets.isEmpty() ? QByteArray() : m_packets.last();
}

// Pitfall 9.
// Somebody hides that the server offers TLS.
void tst_Secrecy::strippedTls()
{
    m_options.requireTls = true;
    m_session = std::make_unique<Session>();
    m_handshake = std::make_unique<HandshakeExchange>(m_options);
    m_session->begin(m_handshake.get());
    QCOMPARE(server(Wire::greeting(~Capability::Ssl)), Progress::Failed);
    QCOMPARE(m_session->fault().kind, Fault::Kind::Security);
    QVERIFY(m_output.isEmpty());
    m_session.reset();
    m_handshake.reset();
    m_sequence = 0;
}

void tst_Secrecy::clearPasswordMethods_data()
{
    QTest::addColumn<Line>("line");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("initially");
    for (const Line line : {Line::Plain, Line::TlsUnverified, Line::TlsVerified, Line::Local}) {
        for (const char *method : {"mysql_clear_password", "dialog", "mysql_old_password"}) {
            for (const bool initially : {true, false}) {
                QTest::addRow("%d, %s, %s", int(line), method, initially ? "initially" : "by a switch")
                    << line << QByteArray(method) << initially;
            }
        }
    }
}

// Pitfall 13.
void tst_Secrecy::clearPasswordMethods()
{
    QFETCH(Line, line);
    QFETCH(QByteArray, method);
    QFETCH(bool, initially);
    Progress progress;
    if (initially) {
        progress = logIn(line, m_options, method);
    } else {
        QCOMPARE(logIn(line, m_options), Progress::NeedInput);
        progress = server(QByteArray(hex("fe") + method + '\0' + Challenge + '\0'));
    }
    QCOMPARE(progress, Progress::Failed);
    QCOMPARE(m_session->fault().kind, Fault::Kind::Security);
    QVERIFY(m_session->fault().text.contains(QString::fromLatin1(method)));
    QVERIFY(!leaked());
}

// With the option, too, the password goes only where nobody else can read it, and to whom it is meant for.
void tst_Secrecy::clearPasswordsAllowed_data()
{
    clearPasswordMethods_data();
}

void tst_Secrecy::clearPasswordsAllowed()
{
    QFETCH(Line, line);
    QFETCH(QByteArray, method);
    QFETCH(bool, initially);
    m_options.clearPasswords = true;
    Progress progress;
    if (initially) {
        progress = logIn(line, m_options, method);
    } else {
        QCOMPARE(logIn(line, m_options), Progress::NeedInput);
        progress = server(QByteArray(hex("fe") + method + '\0'));
    }
    const bool safe = line == Line::TlsVerified || line == Line::Local;
    if (safe && method != "mysql_old_password") {
        QCOMPARE(progress, Progress::NeedInput);
        QVERIFY(m_output.contains(QByteArray(Password + '\0')));
        return;
    }
    QCOMPARE(progress, Progress::Failed);
    QCOMPARE(m_session->fault().kind, Fault::Kind::Security);
    QVERIFY(m_session->fault().text.contains(QString::fromLatin1(method)));
    QVERIFY(!leaked());
}

void tst_Secrecy::fullAuthentication_data()
{
    QTest::addColumn<Line>("line");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("plain") << Line::Plain << false;
    QTest::newRow("TLS, unverified") << Line::TlsUnverified << false;
    QTest::newRow("TLS, verified") << Line::TlsVerified << true;
    QTest::newRow("local socket") << Line::Local << true;
}

// Pitfall 12.
void tst_Secrecy::fullAuthentication()
{
    QFETCH(Line, line);
    QFETCH(bool, allowed);
    QCOMPARE(logIn(line, m_options), Progress::NeedInput);
    QVERIFY(!leaked());
    const qsizetype before = m_output.size();
    const Progress progress = server(hex("0104"));
    if (allowed) {
        QCOMPARE(progress, Progress::NeedInput);
        QCOMPARE(lastPacket(), QByteArray(Password + '\0'));
        QCOMPARE(server(Wire::ok()), Progress::ExchangeDone);
        return;
    }
    QCOMPARE(progress, Progress::Failed);
    QCOMPARE(m_session->fault().kind, Fault::Kind::Security);
    QVERIFY(m_session->fault().text.contains(u"TLS with verification"));
    QCOMPARE(m_session->fault().text.contains(u"public key retrieval"), line == Line::Plain);
    QCOMPARE(m_output.size(), before); // not even the request for a key
    QVERIFY(!leaked());
}

void tst_Secrecy::keyRetrieval_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<Line>("line");
    QTest::addColumn<bool>("allowed"); // by the option
    QTest::addColumn<bool>("asks");
    const QByteArray caching = "caching_sha2_password";
    const QByteArray sha256 = "sha256_password";
    QTest::newRow("caching, plain, not allowed") << caching << Line::Plain << false << false;
    QTest::newRow("caching, plain, allowed") << caching << Line::Plain << true << true;
    // Over TLS the server takes the clear password only: no key can help.
    QTest::newRow("caching, unverified TLS, allowed") << caching << Line::TlsUnverified << true << false;
    QTest::newRow("sha256, plain, not allowed") << sha256 << Line::Plain << false << false;
    QTest::newRow("sha256, plain, allowed") << sha256 << Line::Plain << true << true;
    QTest::newRow("sha256, unverified TLS, allowed") << sha256 << Line::TlsUnverified << true << false;
    QTest::newRow("sha256, local socket") << sha256 << Line::Local << false << true;
}

// Pitfall 12.
void tst_Secrecy::keyRetrieval()
{
    QFETCH(QByteArray, method);
    QFETCH(Line, line);
    QFETCH(bool, allowed);
    QFETCH(bool, asks);
    m_options.publicKeyRetrieval = allowed;
    QCOMPARE(logIn(line, m_options), Progress::NeedInput);
    const bool caching = method.startsWith("caching");
    const Progress progress
        = server(caching ? hex("0104") : QByteArray(hex("fe") + method + '\0' + Challenge + '\0'));
    if (!asks) {
        QCOMPARE(progress, Progress::Failed);
        QCOMPARE(m_session->fault().kind, Fault::Kind::Security);
        QVERIFY(!leaked());
        return;
    }
    QCOMPARE(progress, Progress::NeedInput);
    QCOMPARE(lastPacket(), caching ? hex("02") : hex("01"));
    QCOMPARE(server(QByteArray(hex("01") + m_pem)), Progress::NeedInput);
    QCOMPARE(lastPacket().size(), 256);
    QVERIFY(!leaked());
    QCOMPARE(xored(decrypt(m_key.get(), lastPacket()), Challenge), QByteArray(Password + '\0'));
    QCOMPARE(server(Wire::ok()), Progress::ExchangeDone);
}

// The key that the program was given is used, and none is asked for.
void tst_Secrecy::pinnedKey()
{
    m_options.serverPublicKey = m_pem;
    QCOMPARE(logIn(Line::Plain, m_options), Progress::NeedInput);
    QCOMPARE(server(hex("0104")), Progress::NeedInput);
    QCOMPARE(xored(decrypt(m_key.get(), lastPacket()), Challenge), QByteArray(Password + '\0'));
    QVERIFY(!leaked());
    // Whoever offers another key now gets nothing.
    const qsizetype before = m_output.size();
    QCOMPARE(server(QByteArray(hex("01") + m_pem)), Progress::Failed);
    QCOMPARE(m_output.size(), before);
}

void tst_Secrecy::badKeys_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no PEM") << QByteArray("garbage");
    QTest::newRow("cut") << m_pem.first(m_pem.size() / 2);
    QTest::newRow("EC key") << pemOf(makeKey(EVP_PKEY_EC, 0).get());
    QTest::newRow("512 bits") << pemOf(makeKey(EVP_PKEY_RSA, 512).get());
    QTest::newRow("1024 bits") << pemOf(makeKey(EVP_PKEY_RSA, 1024).get());
    QTest::newRow("two keys") << QByteArray(m_pem + m_pem);
    QTest::newRow("10 KiB") << QByteArray(m_pem + QByteArray(10240, '\n'));
    QTest::newRow("private key marker") << QByteArray(m_pem).replace("PUBLIC", "PRIVATE");
}

void tst_Secrecy::badKeys()
{
    QFETCH(QByteArray, pem);
    m_options.publicKeyRetrieval = true;
    QCOMPARE(logIn(Line::Plain, m_options), Progress::NeedInput);
    QCOMPARE(server(hex("0104")), Progress::NeedInput);
    const qsizetype before = m_output.size();
    QCOMPARE(server(QByteArray(hex("01") + pem)), Progress::Failed);
    QCOMPARE(m_session->fault().kind, Fault::Kind::Security);
    QCOMPARE(m_output.size(), before);
}

// Pitfall 13.
// A key that comes without having been asked for is not used, whatever the options allow.
void tst_Secrecy::keyUnasked()
{
    m_options.publicKeyRetrieval = true;
    QCOMPARE(logIn(Line::Plain, m_options), Progress::NeedInput);
    const qsizetype before = m_output.size();
    QCOMPARE(server(QByteArray(hex("01") + m_pem)), Progress::Failed);
    QCOMPARE(m_session->fault().kind, Fault::Kind::Unexpected);
    QCOMPARE(m_output.size(), before);
}

void tst_Secrecy::emptyPasswordAsked()
{
    m_options.auth.passwords = {Secret()};
    QCOMPARE(logIn(Line::TlsVerified, m_options), Progress::NeedInput);
    QCOMPARE(server(hex("0104")), Progress::Failed);
    QCOMPARE(m_session->fault().kind, Fault::Kind::Unexpected);
}

void tst_Secrecy::nulInPassword()
{
    m_options.auth.passwords = {Secret::fromUtf8(QByteArray("before\0after", 12))};
    QCOMPARE(logIn(Line::TlsVerified, m_options), Progress::NeedInput);
    QCOMPARE(server(hex("0104")), Progress::Failed);
    QCOMPARE(m_session->fault().kind, Fault::Kind::Refused);
    QVERIFY(!m_output.contains("before"));
}

// The same for sha256_password, which uses it at once.
void tst_Secrecy::pinnedKeyAtOnce()
{
    m_options.serverPublicKey = m_pem;
    QCOMPARE(logIn(Line::Plain, m_options), Progress::NeedInput);
    QCOMPARE(server(QByteArray(hex("fe") + "sha256_password" + '\0' + Challenge + '\0')),
             Progress::NeedInput);
    QCOMPARE(xored(decrypt(m_key.get(), lastPacket()), Challenge), QByteArray(Password + '\0'));
    QVERIFY(!leaked());
    QCOMPARE(server(Wire::ok()), Progress::ExchangeDone);
}

void tst_Secrecy::tooLongForKey()
{
    m_options.auth.passwords = {Secret::fromUtf8(QByteArray(400, 'p'))};
    m_options.serverPublicKey = m_pem;
    QCOMPARE(logIn(Line::Plain, m_options), Progress::NeedInput);
    QCOMPARE(server(hex("0104")), Progress::Failed);
    QCOMPARE(m_session->fault().kind, Fault::Kind::Refused);
    QVERIFY(!m_output.contains("pppp"));
}

QTEST_APPLESS_MAIN(tst_Secrecy)
#include "tst_secrecy.moc"
