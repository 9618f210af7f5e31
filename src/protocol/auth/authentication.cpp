// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/authentication.h"

#include "protocol/auth/cachingsha2password.h"
#include "protocol/auth/clearpassword.h"
#include "protocol/auth/digest.h"
#include "protocol/auth/nativepassword.h"
#include "protocol/auth/pluginmethod.h"
#include "protocol/packetreader.h"
#include "protocol/packetwriter.h"
#include "protocol/sessionstate.h"

#include <openssl/crypto.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

constexpr int MaxSwitches = 1; // per factor
constexpr int MaxSwitchesMariaDb = 8; // it tries the methods of an account one after the other
constexpr qsizetype MaxFactors = 3; // MySQL manual, "Multifactor Authentication"

constexpr QByteArrayView OldPassword = "mysql_old_password";

// A name that a server sent, fit to be put in a message.
QString shown(QByteArrayView name)
{
    QString text = QString::fromUtf8(name.first(qMin<qsizetype>(name.size(), 64)));
    for (QChar &c : text) {
        if (!c.isPrint())
            c = u'?';
    }
    return text;
}

} // namespace

Authentication::Authentication(AuthOptions options)
    : m_options(std::move(options))
{
    if (m_options.passwords.isEmpty())
        m_options.passwords.append(Secret());
}

Authentication::~Authentication() = default;

QByteArray Authentication::method() const
{
    return m_method ? m_method->name().toByteArray() : QByteArray();
}

bool Authentication::isAllowed(const QByteArray &name) const
{
    return m_options.allowedMethods.isEmpty() || m_options.allowedMethods.contains(name);
}

std::unique_ptr<AuthMethod> Authentication::create(const QByteArray &name) const
{
    if (m_options.ownMethods.contains(name))
        return std::make_unique<PluginMethod>(name, int(m_factor));
    if (name == Dialog::Name)
        return std::make_unique<Dialog>(m_options.passwords.sliced(m_factor - 1));
    return AuthMethod::create(name);
}

Step Authentication::selectMethod(const QByteArray &name)
{
    const auto refuse = [&](const QString &why) {
        return failWith(Fault::Kind::Security,
                        u"The server asked for the authentication method " % shown(name) % u", " % why);
    };
    if (name == OldPassword)
        return refuse(u"which proves next to nothing and gives the password away; it was refused."_s);
    if (!isAllowed(name))
        return refuse(u"which the options do not allow (allowed-auth-methods, "
                      u"setAllowedAuthenticationMethods())."_s);
    const bool isOwn = m_options.ownMethods.contains(name);
    if (!isOwn && AuthMethod::isClearPassword(name) && !m_channel.clearPasswords)
        return refuse(u"which sends the password itself; it was refused. If the account is meant to be like "
                      u"that, allow it with enable-cleartext-plugin (setClearTextPasswords())."_s);
    if (!m_channel.fingerprint.isEmpty()) {
        // Whoever has not proven himself is told nothing that he could use elsewhere.
        if (isOwn || !AuthMethod::provesServer(name))
            return refuse(u"by which a server with an unknown certificate cannot prove itself. Name the "
                          u"certificate's authority with ssl-ca (setSslCaFile())."_s);
        if (password().isEmpty())
            return failWith(
                Fault::Kind::Security,
                u"The server's certificate is unknown, and without a password the server cannot prove "
                u"itself. Name the certificate's authority with ssl-ca (setSslCaFile())."_s);
    }
    m_method = create(name);
    if (!m_method)
        return refuse(u"which is not supported. ConnectOptions::addAuthenticationPlugin() adds others."_s);
    return Step::More;
}

/* The greeting names the server's default method, which need not be that of the account. */
Step Authentication::begin(const QByteArray &name, QByteArrayView challenge, QByteArray &answer)
{
    m_scramble = challenge.toByteArray();
    const bool isOwn = m_options.ownMethods.contains(name);
    // A method of the kind that is refused is refused at once: going on would hide what the server wants.
    if (name == OldPassword || (AuthMethod::isClearPassword(name) && !isOwn)) {
        if (const Step step = selectMethod(name); step != Step::More)
            return step;
    } else if (!isOwn && isAllowed(name)
               && (m_channel.fingerprint.isEmpty() || AuthMethod::provesServer(name))) {
        // A method whose challenge does not fit into the greeting is left to a switch.
        const std::unique_ptr<AuthMethod> ours = AuthMethod::create(name);
        if (ours && ours->challengeSize() == challenge.size()) {
            if (const Step step = selectMethod(name); step != Step::More)
                return step;
        }
    }
    if (m_method) {
        const bool takesChallenge = m_method->challengeSize() > 0;
        answer = m_method->start(takesChallenge ? challenge : QByteArrayView(), password(), m_channel);
        if (const Fault &fault = m_method->fault())
            return failWith(fault.kind, fault.text);
        return Step::More;
    }

    // One that the server does not take an empty answer of: it must be another than that of the greeting.
    QByteArrayList candidates = m_options.allowedMethods;
    if (candidates.isEmpty())
        candidates = {m_isMariaDb ? "mysql_native_password" : "caching_sha2_password"};
    for (const QByteArray &candidate : std::as_const(candidates)) {
        const bool isOurs = !m_options.ownMethods.contains(candidate);
        if (candidate != name && isOurs && !AuthMethod::isClearPassword(candidate))
            m_method = AuthMethod::create(candidate);
        if (m_method)
            return Step::More;
    }
    // Only such methods are wanted as are begun by a switch; the name of another does no harm.
    for (const QByteArray &candidate : std::as_const(candidates)) {
        if (candidate != OldPassword && create(candidate)) {
            m_method = AuthMethod::create(name == NativePassword::Name ? CachingSha2Password::Name
                                                                       : NativePassword::Name);
            return Step::More;
        }
    }
    return failWith(Fault::Kind::Security, u"None of the allowed authentication methods is supported."_s);
}

Step Authentication::feed(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    enum Kind : quint8
    {
        Ok = 0x00,
        MoreData = 0x01,
        NextFactor = 0x02,
        Switch = 0xFE
    };

    if (packet.isEmpty())
        return failWith(Fault::Kind::Malformed, u"The server sent an empty packet during the login."_s);
    switch (quint8(packet.front())) {
    case Kind::Ok:
        return finish(packet, state);
    case Kind::MoreData:
        return say(m_method->more(packet.sliced(1), password(), m_channel), out);
    case Kind::Switch:
        return switchMethod(packet, out);
    case Kind::NextFactor:
        if (state.has(Capability::MultiFactorAuth))
            return nextFactor(packet, out);
        break;
    default:
        break;
    }
    // MariaDB sends the data of its plugins as they are, where their first byte has no other meaning.
    if (m_isMariaDb && m_switches > 0)
        return say(m_method->more(packet, password(), m_channel), out);
    return failWith(Fault::Kind::Unexpected, u"The server sent a packet that has no place in a login."_s);
}

// MySQL source documentation, "Protocol::AuthSwitchRequest".
Step Authentication::switchMethod(QByteArrayView packet, PacketWriter &out)
{
    if (packet.size() == 1)
        return selectMethod(OldPassword.toByteArray()); // what the bare byte means
    if (++m_switches > (m_isMariaDb ? MaxSwitchesMariaDb : MaxSwitches)) {
        return failWith(m_isMariaDb ? Fault::Kind::Limit : Fault::Kind::Unexpected,
                        u"The server changed the authentication method too often."_s);
    }
    return startMethod(packet, out);
}

// MySQL source documentation, "Protocol::AuthNextFactor".
Step Authentication::nextFactor(QByteArrayView packet, PacketWriter &out)
{
    if (m_factor == MaxFactors)
        return failWith(Fault::Kind::Limit, u"The server asks for more than three authentication factors."_s);
    ++m_factor;
    m_switches = 0;
    while (m_options.passwords.size() < m_factor)
        m_options.passwords.append(Secret());
    return startMethod(packet, out);
}

// Both kinds of request have a byte, the method's name, and its challenge.
Step Authentication::startMethod(QByteArrayView request, PacketWriter &out)
{
    PacketReader reader(request);
    reader.skip(1);
    const QByteArray name = reader.nulString().toByteArray();
    QByteArrayView challenge = reader.rest();
    if (reader.failed() || name.isEmpty()) {
        return failWith(Fault::Kind::Malformed,
                        u"The server's request for an authentication method is malformed."_s);
    }
    if (const Step step = selectMethod(name); step != Step::More)
        return step;
    const qsizetype size = m_method->challengeSize();
    if ((size == 0 || challenge.size() == size + 1) && challenge.endsWith('\0'))
        challenge.chop(1);
    m_challenge = challenge.toByteArray();
    if (name == NativePassword::Name)
        m_scramble = m_challenge;
    const bool needsPassword = !m_options.ownMethods.contains(name) && m_factor > 1;
    if (needsPassword && password().isEmpty()) {
        if (!m_options.passwordsOnDemand) {
            return failWith(Fault::Kind::Refused,
                            u"The account needs an authentication factor number " % QString::number(m_factor)
                                % u" (" % shown(name) % u"), for which no password is set; see password"
                                % QString::number(m_factor) % u" and setFactorPassword().");
        }
        AuthQuestion question;
        question.kind = AuthQuestion::Kind::Password;
        question.method = name;
        question.factor = int(m_factor);
        m_passwordQuestion = std::make_unique<AuthQuestion>(std::move(question));
        return Step::Answer;
    }
    return startSelected(out);
}

Step Authentication::startSelected(PacketWriter &out)
{
    return say(m_method->start(std::exchange(m_challenge, {}), password(), m_channel), out);
}

Step Authentication::say(QByteArray &&answer, PacketWriter &out)
{
    if (const Fault &fault = m_method->fault())
        return failWith(fault.kind, fault.text);
    if (m_method->question())
        return Step::Answer;
    if (answer.isNull())
        return Step::More;
    out.packet(answer);
    OPENSSL_cleanse(answer.data(), size_t(answer.size())); // it may be the password
    return Step::More;
}

const AuthQuestion *Authentication::question() const
{
    if (m_passwordQuestion)
        return m_passwordQuestion.get();
    return m_method ? m_method->question() : nullptr;
}

void Authentication::answer(QByteArray &&bytes)
{
    m_answer = std::move(bytes);
    m_answered = true;
}

void Authentication::refuse(const QString &why)
{
    m_fault = Fault{Fault::Kind::Refused, why};
}

Step Authentication::resume(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(state)
    if (m_fault)
        return Step::Fault;
    if (!std::exchange(m_answered, false))
        return question() ? Step::Answer : Step::More;
    if (m_passwordQuestion) {
        m_passwordQuestion.reset();
        m_options.passwords[m_factor - 1] = Secret::fromUtf8(m_answer);
        OPENSSL_cleanse(m_answer.data(), size_t(m_answer.size()));
        m_answer.clear();
        return startSelected(out);
    }
    m_method->dropQuestion();
    return say(m_method->answered(std::exchange(m_answer, {})), out);
}

Step Authentication::finish(QByteArrayView packet, SessionState &state)
{
    if (!parseOk(packet, state, m_ok))
        return failWith(Fault::Kind::Malformed, u"The OK packet that ends the login is malformed."_s);
    if (!m_channel.fingerprint.isEmpty()) {
        if (!serverProvedItself()) {
            return failWith(
                Fault::Kind::Security,
                u"The server's certificate is unknown, and the server did not prove by the password that it "
                u"is its own: somebody may be listening, or the server is older than MariaDB 11.4. Nothing "
                u"but the login was sent. Name the certificate's authority with ssl-ca (setSslCaFile())."_s);
        }
        m_ok.info.clear(); // the proof is no text for anybody
    }
    return Step::Done;
}

/* MariaDB manual, "Zero-Configuration TLS": the text of the OK packet is a byte 1 and, in hexadecimal, the
   SHA-256 hash over what the server keeps of the password, the scramble, and the SHA-256 fingerprint of its
   certificate. */
bool Authentication::serverProvedItself() const
{
    if (!m_method || !AuthMethod::provesServer(m_method->name()) || password().isEmpty())
        return false;
    const QByteArray stored = m_method->storedHash(password());
    const QByteArray hash = sha256({stored, m_scramble, m_channel.fingerprint});
    if (stored.isEmpty() || hash.isEmpty())
        return false;
    const QByteArray expected = '\1' + hash.toHex();
    // Some servers write the digits in capitals.
    const QByteArray given = m_ok.info.toLower();
    return given.size() == expected.size()
        && CRYPTO_memcmp(given.constData(), expected.constData(), size_t(expected.size())) == 0;
}

} // namespace QAsyncMySql::Protocol
