// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/compression.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <memory>

namespace QAsyncMySql::Protocol {

//! Compresses blocks, each by itself, with one context for all of them.
class Deflater
{
public:
    virtual ~Deflater();
    Deflater(const Deflater &) = delete;
    Deflater &operator=(const Deflater &) = delete;
    //! \a level 0 is the algorithm's usual one; others are brought into its range.
    static std::unique_ptr<Deflater> create(Compression algorithm, int level);

    //! Compresses \a block into \a room bytes at \a out. Returns the number of bytes written, or 0 if it
    //! does not fit.
    virtual qsizetype compress(QByteArrayView block, char *out, qsizetype room) = 0;

protected:
    Deflater() = default;
};

//! Undoes it piece by piece, so that neither a whole block nor what it becomes need be held.
class Inflater
{
public:
    enum class State : quint8
    {
        More, // wants more input, or more room
        Ended, // that was the end of the block
        Corrupt,
        TooLarge, // wants more memory than is right
    };
    struct Step
    {
        qsizetype used = 0; // bytes of input
        qsizetype produced = 0; // bytes of output
        State state = State::More;
    };

    virtual ~Inflater();
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;
    static std::unique_ptr<Inflater> create(Compression algorithm);

    //! A new block begins.
    virtual void reset() = 0;
    virtual Step step(QByteArrayView in, char *out, qsizetype room) = 0;

protected:
    Inflater() = default;
};

} // namespace QAsyncMySql::Protocol
