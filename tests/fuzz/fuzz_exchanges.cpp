// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Each exchange with a server that may say anything, and each authentication method with any challenge and
// data.

#include "conversation.h"
#include "fuzztarget.h"

#include "protocol/auth/authmethod.h"
#include "protocol/auth/clearpassword.h"
#include "protocol/auth/rsapassword.h"

using namespace QAsyncMySql;
using Test::Conversation;
using Test::FuzzTarget;
using Test::require;

namespace {

//! As in fuzz_conversation.cpp, but for one kind: a byte for the character of the server, one for how the
//! bytes are cut, and what the server says.
FuzzTarget::Function exchange(quint8 kind)
{
    return [kind](QByteArrayView input) {
        if (input.size() < 2)
            return;
        const auto character = quint8(input[0]);
        const auto cutting = quint8(input[1]);
        const QByteArrayView bytes = input.sliced(2);
        Conversation whole(kind, character);
        whole.feed(bytes, 0, 1 << 20);
        Conversation cut(kind, character);
        cut.feed(bytes, 1 + cutting % 16, 1 + cutting / 16);
        require(!whole.isComparable() || whole.events() == cut.events(),
                "the events do not depend on how the bytes arrive");
    };
}

const FuzzTarget handshake("handshake_exchange", exchange(0));
const FuzzTarget query("query_exchange", exchange(1));
const FuzzTarget execute("execute_exchange", exchange(2));
const FuzzTarget prepare("prepare_exchange", exchange(3));
const FuzzTarget simple("simple_exchange", exchange(4));
const FuzzTarget pipelined("pipelined_exchanges", exchange(5));
const FuzzTarget fetch("fetch_exchange", exchange(Conversation::Fetch));
const FuzzTarget forCursor("execute_for_cursor_exchange", exchange(Conversation::ExecuteForCursor));
const FuzzTarget changeUser("change_user_exchange", exchange(Conversation::ChangeUser));
const FuzzTarget localFile("local_file_exchange", exchange(Conversation::LocalFile));
const FuzzTarget statistics("statistics_exchange", exchange(Conversation::Statistics));
const FuzzTarget bulk("bulk_execute_exchange", exchange(Conversation::BulkExecute));

//! The first byte: what the line is like; the second: the size of the challenge; the rest is data.
FuzzTarget::Function method(std::function<std::unique_ptr<Protocol::AuthMethod>()> create)
{
    return [create = std::move(create)](QByteArrayView input) {
        if (input.size() < 2)
            return;
        Protocol::Channel channel;
        channel.confidential = input[0] & 1;
        channel.identityVerified = input[0] & 2;
        channel.tls = channel.confidential && input[0] & 4;
        channel.publicKeyRetrieval = input[0] & 8;
        const qsizetype size = std::min<qsizetype>(quint8(input[1]), input.size() - 2);
        const Secret password(QStringLiteral("open sesame"));
        const std::unique_ptr<Protocol::AuthMethod> auth = create();
        QByteArray said = auth->start(input.sliced(2, size), password, channel);
        QByteArrayView data = input.sliced(2 + size);
        while (!auth->fault() && !data.isEmpty()) {
            if (auth->question()) { // parsec's work, which is meant to take long; or that OpenSSL refused it
                auth->dropQuestion();
                said += auth->answered(QByteArray(input[0] & 16 ? 0 : 128, 'a'));
                continue;
            }
            const qsizetype length = std::min<qsizetype>(quint8(data.front()), data.size() - 1);
            said += auth->more(data.sliced(1, length), password, channel);
            data = data.sliced(1 + length);
        }
        require((channel.confidential && channel.identityVerified) || !said.contains("open sesame"),
                "the password goes to a proven server only");
    };
}

FuzzTarget::Function method(const char *name)
{
    return method([name] { return Protocol::AuthMethod::create(name); });
}

const FuzzTarget native("mysql_native_password", method("mysql_native_password"));
const FuzzTarget cachingSha2("caching_sha2_password", method("caching_sha2_password"));
const FuzzTarget sha256("sha256_password", method("sha256_password"));
const FuzzTarget ed25519("client_ed25519", method("client_ed25519"));
const FuzzTarget parsec("parsec", method("parsec"));
const FuzzTarget clear("mysql_clear_password", method("mysql_clear_password"));
const FuzzTarget dialog("dialog", method([] {
                            return std::make_unique<Protocol::Dialog>(
                                QList<Secret>{Secret(QStringLiteral("open sesame"))});
                        }));

const FuzzTarget rsa("rsa_key", [](QByteArrayView input) {
    Protocol::Fault fault;
    const QByteArray encrypted = Protocol::rsaEncryptPassword(input, "abcdefghijklmnopqrst",
                                                              Secret(QStringLiteral("open sesame")), fault);
    require(encrypted.isEmpty() == bool(fault), "there is a result or a fault");
});

} // namespace
