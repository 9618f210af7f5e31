// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/protocolguess.h"

namespace QAsyncMySql::Protocol {

namespace {

struct Banner
{
    QByteArrayView begin;
    QStringView name;
};

// What other services say first, or say to a client that says nothing they know.
// Four bytes at most: as many as the frame header has, so that how the bytes arrive makes no difference.
constexpr Banner banners[] = {
    {"SSH-", u"an SSH server"},
    {"HTTP", u"a web server"},
    {"<", u"a web server"},
    {"\x15\x03", u"a server that wants TLS from the first byte on"},
    {"\x16\x03", u"a server that wants TLS from the first byte on"},
    {"-ERR", u"a Redis server"},
    {"+OK", u"a mail server"},
    {"* OK", u"a mail server"},
    {"220", u"a mail or file transfer server"},
    {"RFB ", u"a remote desktop server"},
    {"AMQP", u"a message broker"},
};

} // namespace

QString guessProtocol(QByteArrayView bytes)
{
    for (const Banner &banner : banners) {
        if (bytes.startsWith(banner.begin)) {
            return u"The peer does not speak the MySQL protocol; it looks like " % banner.name
                % u". Check the host and the port.";
        }
    }
    return {};
}

} // namespace QAsyncMySql::Protocol
