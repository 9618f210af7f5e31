// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

/*!
    A conversation between the protocol core and a server, as a file: what was asked, the bytes of both
   directions in their order, and what the core reported.

    One item per line: `option NAME VALUE` (how to log in), `do WHAT` (an exchange that is begun, for example
    `do query SELECT 1`), `> HEX` (bytes to the server), `< HEX` (bytes from it), `= EVENT` (what was
   reported); lines that begin with `#` and empty ones are skipped.
*/
class Conversation
{
public:
    enum class Kind : quint8
    {
        Option,
        Do,
        ToServer,
        FromServer,
        Event
    };
    struct Item
    {
        Kind kind;
        QByteArray text; // bytes, not hexadecimal, for the two directions
    };

    //! Reads \a fileName; on failure the conversation is empty and \a error says why.
    static Conversation load(const QString &fileName, QString &error);
    bool save(const QString &fileName, const QByteArray &comment) const;

    void append(Kind kind, const QByteArray &text);
    const QList<Item> &items() const noexcept { return m_items; }
    QByteArray option(const QByteArray &name) const;

private:
    QList<Item> m_items;
};
