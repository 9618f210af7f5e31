// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/codec.h"

#include <algorithm>

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

namespace QAsyncMySql::Protocol {

namespace {

constexpr int ZstdUsualLevel = 3;
constexpr int ZstdWindowLog = 24; // no block holds more than 16 MiB, so none needs a larger window

Bytef *input(QByteArrayView bytes)
{
    // zlib reads only, but its interface does not say so.
    return reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
}

class ZlibDeflater final : public Deflater
{
public:
    explicit ZlibDeflater(int level) { m_good = deflateInit(&m_stream, level) == Z_OK; }
    ~ZlibDeflater() override { deflateEnd(&m_stream); }

    qsizetype compress(QByteArrayView block, char *out, qsizetype room) override
    {
        if (!m_good || deflateReset(&m_stream) != Z_OK)
            return 0;
        m_stream.next_in = input(block);
        m_stream.avail_in = uInt(block.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(out);
        m_stream.avail_out = uInt(room);
        return deflate(&m_stream, Z_FINISH) == Z_STREAM_END ? room - qsizetype(m_stream.avail_out) : 0;
    }

private:
    z_stream m_stream = {};
    bool m_good = false;
};

class ZstdDeflater final : public Deflater
{
public:
    explicit ZstdDeflater(int level)
        : m_context(ZSTD_createCCtx())
        , m_level(level)
    {
    }
    ~ZstdDeflater() override { ZSTD_freeCCtx(m_context); }

    qsizetype compress(QByteArrayView block, char *out, qsizetype room) override
    {
        if (!m_context)
            return 0;
        const size_t size
            = ZSTD_compressCCtx(m_context, out, size_t(room), block.data(), size_t(block.size()), m_level);
        return ZSTD_isError(size) ? 0 : qsizetype(size);
    }

private:
    ZSTD_CCtx *m_context;
    int m_level;
};

class ZlibInflater final : public Inflater
{
public:
    ZlibInflater() { m_good = inflateInit(&m_stream) == Z_OK; }
    ~ZlibInflater() override { inflateEnd(&m_stream); }

    void reset() override { inflateReset(&m_stream); }
    Step step(QByteArrayView in, char *out, qsizetype room) override
    {
        if (!m_good)
            return {0, 0, State::TooLarge};
        m_stream.next_in = input(in);
        m_stream.avail_in = uInt(in.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(out);
        m_stream.avail_out = uInt(room);
        const int status = inflate(&m_stream, Z_NO_FLUSH);
        Step step{in.size() - qsizetype(m_stream.avail_in), room - qsizetype(m_stream.avail_out),
                  State::More};
        if (status == Z_STREAM_END)
            step.state = State::Ended;
        else if (status != Z_OK && status != Z_BUF_ERROR) // Z_BUF_ERROR: nothing to do with what was given
            step.state = status == Z_MEM_ERROR ? State::TooLarge : State::Corrupt;
        return step;
    }

private:
    z_stream m_stream = {};
    bool m_good = false;
};

class ZstdInflater final : public Inflater
{
public:
    ZstdInflater()
        : m_context(ZSTD_createDCtx())
    {
        if (m_context)
            ZSTD_DCtx_setParameter(m_context, ZSTD_d_windowLogMax, ZstdWindowLog);
    }
    ~ZstdInflater() override { ZSTD_freeDCtx(m_context); }

    void reset() override
    {
        if (m_context)
            ZSTD_DCtx_reset(m_context, ZSTD_reset_session_only);
    }
    Step step(QByteArrayView in, char *out, qsizetype room) override
    {
        if (!m_context)
            return {0, 0, State::TooLarge};
        ZSTD_inBuffer source{in.data(), size_t(in.size()), 0};
        ZSTD_outBuffer target{out, size_t(room), 0};
        const size_t status = ZSTD_decompressStream(m_context, &target, &source);
        Step step{qsizetype(source.pos), qsizetype(target.pos), State::More};
        if (ZSTD_isError(status)) {
            const ZSTD_ErrorCode code = ZSTD_getErrorCode(status);
            const bool memory
                = code == ZSTD_error_frameParameter_windowTooLarge || code == ZSTD_error_memory_allocation;
            step.state = memory ? State::TooLarge : State::Corrupt;
        } else if (status == 0) {
            step.state = State::Ended;
        }
        return step;
    }

private:
    ZSTD_DCtx *m_context;
};

} // namespace

Deflater::~Deflater() = default;
Inflater::~Inflater() = default;

std::unique_ptr<Deflater> Deflater::create(Compression algorithm, int level)
{
    switch (algorithm) {
    case Compression::Uncompressed:
        break;
    case Compression::Zlib:
        return std::make_unique<ZlibDeflater>(level == 0 ? Z_DEFAULT_COMPRESSION : std::clamp(level, 1, 9));
    case Compression::Zstd:
        return std::make_unique<ZstdDeflater>(level == 0 ? ZstdUsualLevel
                                                         : std::clamp(level, 1, ZSTD_maxCLevel()));
    }
    return nullptr;
}

std::unique_ptr<Inflater> Inflater::create(Compression algorithm)
{
    switch (algorithm) {
    case Compression::Uncompressed:
        break;
    case Compression::Zlib:
        return std::make_unique<ZlibInflater>();
    case Compression::Zstd:
        return std::make_unique<ZstdInflater>();
    }
    return nullptr;
}

} // namespace QAsyncMySql::Protocol
