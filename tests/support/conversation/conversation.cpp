// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "support/conversation/conversation.h"

#include <QtCore/QFile>

#include <utility>

namespace {

constexpr qsizetype BytesPerLine = 48;

struct Prefix
{
    Conversation::Kind kind;
    QByteArrayView text;
};
constexpr Prefix prefixes[] = {
    {Conversation::Kind::Option, "option "}, {Conversation::Kind::Do, "do "},
    {Conversation::Kind::ToServer, "> "},    {Conversation::Kind::FromServer, "< "},
    {Conversation::Kind::Event, "= "},
};

bool isBytes(Conversation::Kind kind)
{
    return kind == Conversation::Kind::ToServer || kind == Conversation::Kind::FromServer;
}

// Texts of servers may hold line breaks.
QByteArray escaped(QByteArray text)
{
    return text.replace('\\', "\\\\").replace('\n', "\\n");
}

QByteArray unescaped(const QByteArray &text)
{
    QByteArray result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size())
            result += text[++i] == 'n' ? '\n' : text[i];
        else
            result += text[i];
    }
    return result;
}

} // namespace

void Conversation::append(Kind kind, const QByteArray &text)
{
    if (isBytes(kind) && text.isEmpty())
        return;
    if (isBytes(kind) && !m_items.isEmpty() && m_items.last().kind == kind)
        m_items.last().text += text;
    else
        m_items.append(Item{kind, text});
}

QByteArray Conversation::option(const QByteArray &name) const
{
    for (const Item &item : m_items) {
        if (item.kind == Kind::Option && item.text.startsWith(QByteArray(name + ' ')))
            return item.text.mid(name.size() + 1);
    }
    return {};
}

Conversation Conversation::load(const QString &fileName, QString &error)
{
    Conversation conversation;
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        error = file.errorString();
        return conversation;
    }
    const QByteArrayList lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        bool known = false;
        for (const Prefix &prefix : prefixes) {
            if (!line.startsWith(prefix.text))
                continue;
            const QByteArray rest = line.mid(prefix.text.size());
            conversation.append(prefix.kind,
                                isBytes(prefix.kind) ? QByteArray::fromHex(rest) : unescaped(rest));
            known = true;
            break;
        }
        if (!known) {
            error = QStringLiteral("unknown line: ") + QString::fromUtf8(line);
            return {};
        }
    }
    return conversation;
}

bool Conversation::save(const QString &fileName, const QByteArray &comment) const
{
    QByteArray text = "# " + comment + '\n';
    for (const Item &item : m_items) {
        const QByteArray prefix = prefixes[size_t(item.kind)].text.toByteArray();
        if (item.kind == Kind::Do)
            text += '\n';
        if (!isBytes(item.kind)) {
            text += prefix + escaped(item.text) + '\n';
            continue;
        }
        for (qsizetype from = 0; from < item.text.size(); from += BytesPerLine)
            text += prefix + item.text.mid(from, BytesPerLine).toHex() + '\n';
    }
    QFile file(fileName);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.flush();
}
