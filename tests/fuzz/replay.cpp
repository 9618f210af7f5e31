// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Runs a fuzz target without libFuzzer, for compilers that have none: on each seed, on each of its
// beginnings, and on a fixed number of variations. Always the same ones, so that a failure can be had again.

#include <QtCore/QByteArray>
#include <QtCore/QDir>
#include <QtCore/QFile>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <random>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

constexpr int VariationsPerSeed = 1500;
constexpr int MostBeginnings = 400;

void run(const QByteArray &input)
{
    // An exact copy on the heap, so that AddressSanitizer sees a read behind the end.
    const QByteArray exact(input.constData(), input.size());
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(exact.constData()),
                           std::size_t(exact.size()));
}

QByteArray vary(QByteArray input, std::mt19937 &random)
{
    // Not a standard distribution: those differ from library to library.
    const auto below
        = [&random](qsizetype limit) { return qsizetype(random() % std::max<quint32>(1, quint32(limit))); };
    static const char Interesting[]
        = {'\x00', '\x01', '\x7F', '\x80', '\xFA', '\xFB', '\xFC', '\xFD', '\xFE', '\xFF'};
    const qsizetype changes = 1 + below(4);
    for (qsizetype i = 0; i < changes && !input.isEmpty(); ++i) {
        const qsizetype at = below(input.size());
        switch (below(6)) {
        case 0:
            input[at] = char(input[at] ^ char(1 << below(8)));
            break;
        case 1:
            input[at] = Interesting[below(qsizetype(sizeof(Interesting)))];
            break;
        case 2:
            input.remove(at, 1 + below(8));
            break;
        case 3:
            input.insert(at, char(random()));
            break;
        case 4:
            input.insert(at, input.mid(below(input.size()), 1 + below(32)));
            break;
        default:
            input.truncate(at);
            break;
        }
    }
    return input;
}

} // namespace

int main(int argc, char *argv[])
{
    const QDir folder(argc > 1 ? QFile::decodeName(argv[1]) : QString());
    const QStringList names = argc > 1 ? folder.entryList(QDir::Files, QDir::Name) : QStringList();
    if (names.isEmpty()) {
        std::fprintf(stderr, "usage: %s <folder with seeds>\n", argv[0]);
        return 2;
    }
    qint64 runs = 0;
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) {
            std::fprintf(stderr, "cannot read %s\n", qPrintable(file.fileName()));
            return 2;
        }
        const QByteArray seed = file.readAll();
        const qsizetype step = std::max<qsizetype>(1, seed.size() / MostBeginnings);
        for (qsizetype size = 0; size < seed.size(); size += step, ++runs)
            run(seed.first(size));
        run(seed);
        std::mt19937 random(quint32(seed.size()));
        for (int i = 0; i < VariationsPerSeed; ++i, ++runs)
            run(vary(seed, random));
    }
    std::printf("%d seeds, %lld runs\n", int(names.size()), static_cast<long long>(runs));
    return 0;
}
